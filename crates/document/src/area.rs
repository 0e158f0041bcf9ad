//! The area whose government a text speaks for.

use pledgebook_lexicon::Level;

/// Finds the area that a title, an assembly or an office line names: code, full name, level. The longest name wins.
pub(crate) fn find_area(text: &str) -> Option<(&'static str, &'static str, Level)> {
    const NATION: [&str; 4] = ["国务院", "全国人民代表大会", "中央人民政府", "全国人大"];
    let province = PROVINCES
        .iter()
        .filter_map(|&(code, name, short)| {
            let len = if text.contains(name) {
                name.len()
            } else if text.contains(short) {
                short.len()
            } else {
                return None;
            };
            Some((len, (code, name, Level::Province)))
        })
        .max_by_key(|&(len, _)| len);
    match province {
        Some((_, area)) => Some(area),
        None if NATION.iter().any(|w| text.contains(w)) => Some(("CN", "中国", Level::Nation)),
        None => None,
    }
}

const PROVINCES: [(&str, &str, &str); 31] = [
    ("110000", "北京市", "北京"),
    ("120000", "天津市", "天津"),
    ("130000", "河北省", "河北"),
    ("140000", "山西省", "山西"),
    ("150000", "内蒙古自治区", "内蒙古"),
    ("210000", "辽宁省", "辽宁"),
    ("220000", "吉林省", "吉林"),
    ("230000", "黑龙江省", "黑龙江"),
    ("310000", "上海市", "上海"),
    ("320000", "江苏省", "江苏"),
    ("330000", "浙江省", "浙江"),
    ("340000", "安徽省", "安徽"),
    ("350000", "福建省", "福建"),
    ("360000", "江西省", "江西"),
    ("370000", "山东省", "山东"),
    ("410000", "河南省", "河南"),
    ("420000", "湖北省", "湖北"),
    ("430000", "湖南省", "湖南"),
    ("440000", "广东省", "广东"),
    ("450000", "广西壮族自治区", "广西"),
    ("460000", "海南省", "海南"),
    ("500000", "重庆市", "重庆"),
    ("510000", "四川省", "四川"),
    ("520000", "贵州省", "贵州"),
    ("530000", "云南省", "云南"),
    ("540000", "西藏自治区", "西藏"),
    ("610000", "陕西省", "陕西"),
    ("620000", "甘肃省", "甘肃"),
    ("630000", "青海省", "青海"),
    ("640000", "宁夏回族自治区", "宁夏"),
    ("650000", "新疆维吾尔自治区", "新疆"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_area_stands_in_the_title_or_the_assembly() {
        assert_eq!(find_area("在贵州省第十四届人民代表大会第三次会议上").map(|a| a.0), Some("520000"));
        assert_eq!(find_area("在第十四届全国人民代表大会第二次会议上").map(|a| a.0), Some("CN"));
        assert_eq!(find_area("政府工作报告"), None);
    }
}

use super::*;
use proptest::prelude::*;

fn found(text: &str, year: impl Into<Option<i16>>) -> String {
    match Areas::builtin().find(text, year.into()) {
        Found::Nothing => "nothing".to_owned(),
        Found::Area(found) => format!("{} {}", found.area.code, found.area.name),
        Found::Ambiguous(areas) => format!("{} areas", areas.len()),
    }
}

#[test]
fn titles_file_names_assemblies_and_offices_name_their_area() {
    for (text, area) in [
        ("2025年广西政府工作报告", "450000 广西壮族自治区"),
        ("2026_北京市_政府工作报告", "110000 北京市"),
        ("云南省第十四届人民代表大会", "530000 云南省"),
        ("云南省国民经济和社会发展第十个五年计划纲要_.pdf", "530000 云南省"),
        ("江西省人民政府", "360000 江西省"),
        ("江西省人民政府省长 葉建春", "360000 江西省"),
        ("中华人民共和国国务院", "CN 中国"),
        ("第十四届全国人民代表大会第二次会议", "CN 中国"),
        ("2024年中華人民共和國國務院政府工作報告", "CN 中国"),
        ("2023中国政府工作报告", "CN 中国"),
        ("内蒙古自治区2025年政府工作报告.docx", "150000 内蒙古自治区"),
        ("恩施州", "422800 恩施土家族苗族自治州"),
        ("2024年贵阳政府工作报告", "520100 贵阳市"),
        ("新疆維吾爾自治區", "650000 新疆维吾尔自治区"),
        ("万载县2015年国民经济和社会发展统计公报.html", "360922 万载县"),
        ("2015年万载政府工作报告", "360922 万载县"),
        ("provinces-2026/上海.csv", "310000 上海市"),
        ("中共湖北省委", "420000 湖北省"),
        ("中国共产党宜春市第五次代表大会", "360900 宜春市"),
    ] {
        assert_eq!(found(text, None), area, "{text}");
    }
}

#[test]
fn names_in_a_row_lead_to_the_lowest_area() {
    for (text, area) in [
        ("江西省宜春市万载县", "360922 万载县"),
        ("江西省万载县", "360922 万载县"),
        ("宜春市袁州区", "360902 袁州区"),
        ("吉林省吉林市", "220200 吉林市"),
        ("湖北恩施", "422800 恩施土家族苗族自治州"),
        ("江西/2025年宜春.txt", "360900 宜春市"),
        ("湖南长沙宁乡", "430182 宁乡市"),
        ("福建省三明市沙县区", "350405 沙县区"),
        ("晋城市城区", "140502 城区"),
        ("重庆市丰都县", "500230 丰都县"),
        ("湖北省仙桃市", "429004 仙桃市"),
    ] {
        assert_eq!(found(text, None), area, "{text}");
    }
}

#[test]
fn a_shared_name_needs_its_parent() {
    assert_eq!(found("鼓楼区人民政府", None), "4 areas");
    assert_eq!(found("朝阳区政府工作报告", None), "2 areas");
    assert_eq!(found("北京市朝阳区", None), "110105 朝阳区");
    assert_eq!(found("长春市朝阳区", None), "220104 朝阳区");
    assert_eq!(found("鼓楼区政府工作报告（福州市）", None), "350102 鼓楼区");
    assert_eq!(found("北京市万载县", None), "2 areas");
}

#[test]
fn a_short_name_never_beats_a_higher_area() {
    assert_eq!(found("河南2025年政府工作报告", None), "410000 河南省");
    assert_eq!(found("海南政府工作报告", None), "460000 海南省");
    assert_eq!(found("吉林", None), "220000 吉林省");
    assert_eq!(found("朝阳", None), "211300 朝阳市");
    assert_eq!(found("江西省2022年国民经济和社会发展统计公报 _ 中国宜春", None), "360000 江西省");
}

#[test]
fn words_that_are_also_names_are_no_areas() {
    for text in ["政府工作报告", "推动和平发展、合作共赢", "安居乐业", "中心城区", "实现平安振兴", "前进", "", "report.txt"]
    {
        let found = Areas::builtin().find(text, None);
        assert!(found.clone().area().is_none_or(|found| found.area.short == text), "{text}: {found:?}");
    }
}

#[test]
fn a_name_of_the_past_is_found_in_its_year() {
    assert_eq!(found("襄樊市2008年政府工作报告", 2008), "420600 襄樊市");
    assert_eq!(found("襄樊市政府工作报告", None), "420600 襄樊市");
    assert_eq!(found("湖北省襄樊市襄城区", 2008), "420602 襄城区");
    assert_eq!(found("宜春市", 1995), "362201 宜春市");
    assert_eq!(found("宜春市", 2005), "360900 宜春市");
    assert_eq!(found("万载县", 1990), "362227 万载县");
    assert_eq!(found("万载县", 2000), "360922 万载县");
    assert_eq!(found("重庆市", 1990), "510200 重庆市");
}

#[test]
fn the_place_is_that_of_the_whole_chain_in_the_source() {
    let text = "２０２５年廣西壯族自治區南寧市政府工作報告";
    let found = Areas::builtin().find(text, None).area().unwrap();
    assert_eq!((found.area.name, &text[found.start..found.end]), ("南宁市", "廣西壯族自治區南寧市"));
}

#[test]
fn the_whole_path_of_every_area_of_today_leads_to_it() {
    let areas = Areas::builtin();
    let path = |area: &'static Area| {
        let mut names: Vec<_> = std::iter::successors(Some(area), |area| areas.parent(area)).map(|area| area.name).collect();
        names.pop();
        names.into_iter().rev().collect::<String>()
    };
    for area in areas.iter().filter(|area| area.is_valid(None) && area.level != Level::Nation) {
        let text = format!("2025年{}人民政府工作报告", path(area));
        assert_eq!(found(&text, None), format!("{} {}", area.code, area.name), "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_searched(text in "[江西省宜春市万载县广東中国吉林朝阳区年0-9_ é（\u{200B}]{0,30}", year in prop::option::of(any::<i16>())) {
        if let Some(found) = Areas::builtin().find(&text, year).area() {
            prop_assert!(!text[found.start..found.end].is_empty());
        }
    }
}

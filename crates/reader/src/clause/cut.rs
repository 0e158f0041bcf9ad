//! Where a subject ends before the words of a gap or a rank.

use super::Left;
use crate::words::strip_end;

/// The words of a gap, before what it is measured against.
pub(crate) const GAP_WORDS: &[&str] = &["高于", "高出", "快于", "低于", "慢于", "好于", "优于", "领先", "比全国", "较全国"];
/// Where the verb of a rank stands; the 居 of 居民 and the 列 of 系列 are none.
fn rank_verb(words: &str, verb: &str) -> Option<usize> {
    let found = words.rmatch_indices(verb).find(|(at, _)| {
        let (before, after) = (&words[..*at], &words[at + verb.len()..]);
        !after.starts_with(['民', '住', '家', '留', '车', '为']) && !before.ends_with(['系', '前', '安', '下', '定', '新', '旧'])
    });
    found.map(|(at, _)| at)
}

/// Among whom a rank is given.
const PLACES: &[&str] = &[
    "全国",
    "全省",
    "全市",
    "全区",
    "世界",
    "全球",
    "国内",
    "中部",
    "西部",
    "东部",
    "中部地区",
    "西部地区",
    "东部地区",
    "长三角",
    "全国各省份",
    "全国省份",
    "各省",
];
/// The words before a rank.
pub(crate) const RANK_WORDS: &[&str] = &["稳居", "位居", "跃居", "位列", "名列", "跻身", "进入", "排名", "居", "列", "排"];

/// Cuts the subject before a gap or rank: 城镇调查失业率低于全国0.2个百分点, 森林覆盖率居全国第2.
pub(crate) fn cut_at(text: &str, side: &mut Left, words: &[&str]) {
    let (start, end) = side.subject;
    if words == RANK_WORDS {
        let kept = strip_end!(text[start..end], PLACES).map(|kept| kept.trim_end_matches(['在', '从', '由', '列']));
        let kept = kept.map(|kept| {
            strip_end!(kept, ["进入", "跻身", "迈入", "排名", "位", "保持", "跃升至", "上升至", "升至", "升到", "跃居", "稳定在"])
                .unwrap_or(kept)
        });
        let kept = kept.map(|kept| kept.trim_end_matches(['均', '都']));
        if let Some(kept) = kept.filter(|kept| !kept.ends_with(['居', '列', '排'])) {
            side.from |= text[start..end].contains(['从', '由']);
            side.subject = (start, start + kept.len());
            return;
        }
    }
    let place = |word: &&str| if words == RANK_WORDS { rank_verb(&text[start..end], word) } else { text[start..end].find(*word) };
    let found = words.iter().filter_map(place);
    if let Some(at) = if words == RANK_WORDS { found.max() } else { found.min() } {
        let mut kept = text[start..start + at].trim_end_matches("力争").trim_end_matches(['、', '，']);
        while let Some(less) = strip_end!(kept, ["均", "都", "双双", "稳", "位", "跃", "并", "继续", "首次", "总量", "连续"])
        {
            kept = less;
        }
        let place = strip_end!(kept, PLACES).filter(|_| words == RANK_WORDS);
        let kept = place.map_or(kept, |kept| kept.trim_end_matches('在'));
        side.subject = (start, start + kept.len());
    }
}

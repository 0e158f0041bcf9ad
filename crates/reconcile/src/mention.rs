//! What a report says of a goal in words, where it gives no figure: 居民消费价格总体平稳.

use pledgebook_lexicon::Lexicon;
use pledgebook_lexicon::folding::fold_char;

use crate::goal::Goal;

/// A clause of a review, as written and folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    written: String,
    folded: String,
}

/// Words before the subject of a clause that are no part of its name.
const LEADS: [&str; 20] = [
    "全省",
    "全市",
    "全区",
    "全国",
    "全县",
    "全年",
    "去年",
    "我省",
    "我市",
    "我区",
    "本市",
    "预计",
    "年末",
    "其中",
    "同时",
    "一年来",
    "实现",
    "保持",
    "推动",
    "但",
];

/// The clauses of a passage.
#[must_use]
pub fn clauses(passage: &str) -> Vec<Clause> {
    let parts = passage.split(['，', '。', '；', '：', ',', ';', '！', '\n']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| Clause { written: part.to_owned(), folded: part.chars().map(fold_char).collect() }).collect()
}

/// What clauses are searched for, for one goal.
#[derive(Debug)]
pub struct Names<'a> {
    lexicon: &'a Lexicon,
    /// Those that may stand anywhere in a clause.
    narrow: Vec<String>,
    /// Those that must begin it.
    broad: Vec<String>,
}

impl<'a> Names<'a> {
    /// The names of what a goal is about.
    #[must_use]
    pub fn of(goal: &Goal, lexicon: &'a Lexicon) -> Self {
        let words = &lexicon.verdicts;
        let mut names: Vec<String> = match &goal.indicator {
            Some(id) => {
                let more = words.mentions.iter().filter(|(indicator, _)| indicator == id).flat_map(|(_, words)| words.clone());
                lexicon.names_of(id).into_iter().map(str::to_owned).chain(more).collect()
            }
            None => vec![goal.label.chars().map(fold_char).collect()],
        };
        names.sort_by_key(std::string::String::len);
        let is_broad = |name: &String| words.broad.contains(name) || name.chars().count() < 3;
        let (broad, all): (Vec<String>, Vec<String>) = names.into_iter().partition(is_broad);
        // A name that holds a shorter one is found with it.
        let mut narrow: Vec<String> = Vec::new();
        for name in all {
            if !narrow.iter().any(|known| name.contains(known.as_str())) {
                narrow.push(name);
            }
        }
        Names { lexicon, narrow, broad }
    }

    /// The first clause that says something of it.
    #[must_use]
    pub fn first_in(&self, clauses: &[Clause]) -> Option<String> {
        clauses.iter().find(|clause| self.is_spoken_of(&clause.folded)).map(|clause| clause.written.clone())
    }

    fn is_spoken_of(&self, clause: &str) -> bool {
        let after = self.narrow.iter().find_map(|name| clause.find(name.as_str()).map(|at| &clause[at + name.len()..]));
        let after = after.or_else(|| {
            let mut rest = clause;
            while let Some(lead) = LEADS.iter().find(|lead| rest.starts_with(**lead)) {
                rest = &rest[lead.len()..];
            }
            self.broad.iter().rev().find_map(|name| rest.strip_prefix(name.as_str()))
        });
        // A clause with a number tells of something else, or the number would have been held against the goal.
        after
            .filter(|after| !after.contains(|c: char| c.is_ascii_digit()))
            .is_some_and(|after| self.lexicon.goals.states.occurs_in(after) || self.lexicon.verdicts.states.occurs_in(after))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[test]
    fn a_state_of_the_indicator_is_a_mention_and_its_name_alone_is_none() {
        let lexicon = Lexicon::builtin();
        let goal = testing::goal("cpi", "涨幅2%左右");
        let names = Names::of(&goal, &lexicon);
        let said = |text: &str| names.first_in(&clauses(text));
        assert_eq!(said("粮食丰收，物价总体平稳。").as_deref(), Some("物价总体平稳"));
        assert_eq!(said("城乡居民收入增速和CPI涨幅也未达年初预期").as_deref(), Some("城乡居民收入增速和CPI涨幅也未达年初预期"));
        assert_eq!(said("完善居民消费价格调查制度"), None);
        assert_eq!(said("加强物价监管"), None);
        assert_eq!(said("物价上涨2.5%，低于预期"), None);
    }
}

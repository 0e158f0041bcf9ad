//! What a government says of its own goals (CODEBOOK, "Claims").

use pledgebook_document::Document;
use pledgebook_lexicon::{Lexicon, Measure, Role};

use crate::coding::indicator;
use crate::reading::Claim;

/// What the government says became of its own goals.
pub(crate) fn claims(document: &Document, lexicon: &Lexicon) -> Vec<Claim> {
    let mut claims = Vec::new();
    for passage in document.passages.iter().filter(|p| matches!(p.role, Role::Review | Role::Problem | Role::Opening)) {
        let base = document.folded.folded(passage.span.start as usize);
        let text = &document.folded.as_str()[base..document.folded.folded(passage.span.end as usize)];
        if !["目标", "任务", "预期", "计划"].iter().any(|w| text.contains(w)) {
            continue;
        }
        let mut from = 0;
        for (i, c) in text.char_indices().chain([(text.len(), '。')]) {
            if !matches!(c, '，' | '；' | '。' | '！') {
                continue;
            }
            let clause = &text[from..i];
            let next = (i + c.len_utf8()).min(text.len());
            // Few clauses speak of goals at all; only those are searched for what is said of them.
            if !["目标", "预期", "全年", "年度任务", "计划"].iter().any(|w| clause.contains(w)) {
                from = next;
                continue;
            }
            let found = lexicon.goals.claims.iter().find_map(|(w, claimed)| clause.find(w.as_str()).map(|at| (at, w.len(), *claimed)));
            if let Some((at, used, claimed)) = found {
                let label = if at > 0 { (0, at) } else { (used, clause.len()) };
                let name = clause[label.0..label.1].trim_start_matches(['了', '的']).trim_end_matches(['也', '均', '都']);
                let start = from + clause.find(name).unwrap_or(0);
                claims.push(Claim {
                    span: document.unfold(base + from, base + i),
                    label: document.slice(document.unfold(base + start, base + start + name.len())).to_owned(),
                    indicator: indicator(name, Measure::Growth, lexicon),
                    claimed,
                    rules: vec!["claim.wording"],
                });
            }
            from = next;
        }
    }
    claims
}

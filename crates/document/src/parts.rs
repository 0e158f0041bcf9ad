//! Where one text holds several documents: each begins with a title, and a date or speaker under it.

use std::ops::Range;

use crate::chars::has_ended;
use crate::lines::Line;
use crate::reflow::{Block, ends_title, speaks};
use crate::rules::fold_short;

/// Titles are shorter than this.
const LONGEST_TITLE: usize = 300;

/// A paragraph longer than this tells that the text has begun.
const SHORTEST_TEXT: usize = 150;

/// The ranges of blocks that are documents of their own.
pub(crate) fn parts(source: &str, lines: &[Line], blocks: &[Block]) -> Vec<Range<usize>> {
    let text = |i: usize| {
        let block = &blocks[i];
        &source[lines[block.start].start as usize..lines[block.end - 1].end as usize]
    };
    let mut parts = Vec::new();
    let mut start = 0;
    let mut has_body = false;
    for i in 0..blocks.len() {
        let block = text(i);
        if has_body
            && block.len() <= LONGEST_TITLE
            && ends_title(block)
            && (i + 1..blocks.len().min(i + 4)).any(|j| dates_or_speaks(text(j)))
        {
            parts.push(start..i);
            start = i;
            has_body = false;
        }
        has_body |= block.len() > SHORTEST_TEXT && has_ended(block);
    }
    parts.push(start..blocks.len());
    parts
}

/// A line that tells when and where, or who: it stands under a title and nowhere else.
fn dates_or_speaks(block: &str) -> bool {
    if block.len() > LONGEST_TITLE {
        return false;
    }
    let folded = fold_short(block);
    let occasion = folded.starts_with(['—', '―', '-', '（', '(']) && folded.contains("会议") && folded.contains('年');
    occasion || speaks(&folded)
}

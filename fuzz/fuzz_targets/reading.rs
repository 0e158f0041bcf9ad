//! What every format must keep to, whatever the bytes: no panic, and every passage leads back to the source.

use pledgebook_document::{Options, read_holders_in};

/// Reads bytes as a file of this name and checks what was made of them.
pub fn read(name: &str, bytes: &[u8]) {
    let mut options = Options::default();
    // A finding is as good in a small text, and comes sooner.
    options.limits.text = 1 << 20;
    options.limits.file = 1 << 20;
    options.limits.unpacked = 1 << 24;
    let _ = read_holders_in(name.as_ref(), bytes, &options, &mut |holder| {
        let Ok(holder) = holder else { return };
        for document in &holder.documents {
            let source = &document.source.text;
            for passage in &document.passages {
                let there = document.map.source(passage.span);
                let found = &source[there.start as usize..there.end as usize];
                assert!(!document.slice(passage.span).is_empty() && !found.is_empty());
            }
            assert!(document.source.places.windows(2).all(|pair| pair[0].0 <= pair[1].0));
        }
    });
}

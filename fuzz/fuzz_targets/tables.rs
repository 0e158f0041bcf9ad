#![no_main]

mod reading;

// The first byte chooses how the table is written.
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some((first, table)) = bytes.split_first() {
        reading::read(["a.csv", "a.tsv", "a.jsonl", "a.json"][usize::from(first % 4)], table);
    }
});

#![no_main]

mod reading;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reading::read("2031年澜川省政府工作报告.docx", bytes));

//! The guide describes every command and option, and no other.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

const GUIDE: &str = include_str!("../../../docs/guide.md");

fn printed(arguments: &[&str]) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_pledgebook")).args(arguments).output().expect("the command runs");
    String::from_utf8(done.stdout).expect("text")
}

/// The names in the list of commands of a help text.
fn commands(help: &str) -> Vec<String> {
    let list = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    list.filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next().map(str::to_owned)).collect()
}

/// The text under each `## ` heading.
fn parts(markdown: &str) -> BTreeMap<&str, &str> {
    markdown.split("\n## ").skip(1).map(|part| part.split_once('\n').unwrap_or((part, ""))).collect()
}

#[test]
fn every_command_and_option_stands_in_the_guide() {
    let parts = parts(GUIDE);
    let all = commands(&printed(&["--help"]));
    assert!(!all.is_empty());
    for command in &all {
        let part = parts.get(format!("`{command}`").as_str()).unwrap_or_else(|| panic!("docs/guide.md has no `{command}`"));
        let mut help = printed(&[command, "--help"]);
        for inner in commands(&help) {
            assert!(part.contains(&format!("{command} {inner}")), "`{command} {inner}` is not in docs/guide.md");
            help += &printed(&[command, &inner, "--help"]);
        }
        let words = help.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        for option in words.filter(|word| word.starts_with("--") && word.len() > 2 && *word != "--help") {
            assert!(part.contains(option), "`{option}` of `{command}` is not in docs/guide.md");
        }
    }
    let documented: BTreeSet<&str> = parts.keys().filter_map(|title| title.strip_prefix('`')?.strip_suffix('`')).collect();
    assert_eq!(documented, all.iter().map(String::as_str).collect(), "docs/guide.md describes other commands");
}

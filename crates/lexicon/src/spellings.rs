//! Names written once for several spellings: `{地区|国内|}生产总值` stands for three.

/// One name may stand for so many at most: a slip of the pen should not fill the memory.
const MOST: usize = 10_000;

/// Every spelling of a name.
///
/// # Errors
/// What is wrong with the braces.
pub(crate) fn spellings(name: &str) -> Result<Vec<String>, String> {
    let mut made = vec![String::with_capacity(name.len())];
    let mut rest = name;
    while let Some(at) = rest.find(['{', '}']) {
        let (plain, tail) = rest.split_at(at);
        let choices = tail.strip_prefix('{').and_then(|tail| tail.split_once('}'));
        let Some((choices, after)) = choices.filter(|(choices, _)| !choices.contains('{')) else {
            return Err(format!("the braces of `{name}` do not match"));
        };
        let count = choices.split('|').count();
        if made.len() * count > MOST {
            return Err(format!("`{name}` stands for more than {MOST} names"));
        }
        made = made.iter().flat_map(|start| choices.split('|').map(move |choice| format!("{start}{plain}{choice}"))).collect();
        rest = after;
    }
    made.iter_mut().for_each(|name| name.push_str(rest));
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::spellings;

    #[test]
    fn each_choice_is_a_spelling() {
        assert_eq!(spellings("粮食产量").unwrap(), ["粮食产量"]);
        assert_eq!(spellings("{地区|}生产总值{增速|}").unwrap(), ["地区生产总值增速", "地区生产总值", "生产总值增速", "生产总值"]);
    }

    #[test]
    fn braces_that_do_not_match_are_named() {
        for wrong in ["{地区", "地区}", "{地{区|}|}"] {
            assert!(spellings(wrong).unwrap_err().contains(wrong), "{wrong}");
        }
        assert!(spellings(&"{一|二|三|四|五|六|七|八|九|十}".repeat(5)).unwrap_err().contains("more than"));
    }
}

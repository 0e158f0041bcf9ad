//! What a query may say.
//!
//! ```text
//! query  = all { OR all }
//! all    = but { [AND] but }
//! but    = near { NOT near }
//! near   = one [ NEAR[/N] one ]
//! one    = word | "a phrase" | ( query )
//! ```
//!
//! A word is any run of characters without white space; both sides of NEAR are words or phrases. The operators are written in
//! capitals; quotation marks and brackets may be Chinese ones.

use std::str::FromStr;

use pledgebook_ledger::{plain, question};

/// How many characters NEAR allows between two phrases when it does not say.
pub const NEAR: usize = 20;

/// A query, its phrases plain (see [`plain`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    /// Stands in the passage.
    Phrase(String),
    /// All stand in it.
    And(Vec<Query>),
    /// At least one does.
    Or(Vec<Query>),
    /// The first does, the second does not.
    Not(Box<Query>, Box<Query>),
    /// Both phrases stand in it, in either order, with so many characters between them at most.
    Near(String, String, usize),
}

/// Why a query cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// There is nothing to look for.
    #[error("the query is empty: give one character or more")]
    Empty,
    /// An operator has nothing on one side.
    #[error("{0} needs something on either side")]
    Alone(&'static str),
    /// A bracket or quotation mark has no partner.
    #[error("`{0}` has no partner; to look for the character itself, put it between quotation marks")]
    Open(char),
    /// NEAR stands beside something else than two phrases.
    #[error("NEAR takes a word or phrase on either side, no brackets")]
    NearOfGroup,
    /// NEAR/ is not followed by a number.
    #[error("write NEAR/10 for ten characters at most between the two, not `{0}`")]
    NearBy(String),
    /// Brackets inside brackets inside brackets …
    #[error("brackets are nested too deep")]
    Deep,
}

/// What the index is asked.
#[derive(Debug)]
pub(super) struct Asked {
    /// In the language of FTS5; the answer holds every passage that answers the query.
    pub(super) text: String,
    /// Whether it holds no other.
    pub(super) is_exact: bool,
}

impl Query {
    /// A query for a phrase.
    ///
    /// # Errors
    /// When nothing but white space is in it.
    pub fn phrase(text: &str) -> Result<Self, QueryError> {
        let plain = plain(text);
        if plain.is_empty() { Err(QueryError::Empty) } else { Ok(Query::Phrase(plain)) }
    }

    pub(super) fn asked(&self) -> Asked {
        let joined = |parts: &[Query], with: &str| {
            let parts: Vec<Asked> = parts.iter().map(Query::asked).collect();
            let text = parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(with);
            Asked { text: format!("({text})"), is_exact: parts.iter().all(|part| part.is_exact) }
        };
        match self {
            Query::Phrase(phrase) => Asked {
                text: format!("({})", question(phrase).unwrap_or_default().replace("\" \"", "\" AND \"")),
                is_exact: phrase.chars().count() <= 2,
            },
            Query::And(parts) => joined(parts, " AND "),
            Query::Or(parts) => joined(parts, " OR "),
            Query::Not(wanted, not) => {
                let (wanted, not) = (wanted.asked(), not.asked());
                // What may answer `not` may also not; only what surely does can be left out.
                match not.is_exact {
                    true => Asked { text: format!("({} NOT {})", wanted.text, not.text), is_exact: wanted.is_exact },
                    false => Asked { is_exact: false, ..wanted },
                }
            }
            Query::Near(first, second, _) => {
                let both = [Query::Phrase(first.clone()), Query::Phrase(second.clone())];
                Asked { is_exact: false, ..joined(&both, " AND ") }
            }
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Phrase(String),
    And,
    Or,
    Not,
    Near(usize),
    Open,
    Close,
}

impl FromStr for Query {
    type Err = QueryError;

    fn from_str(text: &str) -> Result<Self, QueryError> {
        let mut reading = Reading { tokens: tokens(text)?, at: 0, depth: 0 };
        if reading.tokens.is_empty() {
            return Err(QueryError::Empty);
        }
        let query = reading.any()?;
        match reading.next() {
            None => Ok(query),
            Some(Token::Close) => Err(QueryError::Open(')')),
            Some(other) => Err(QueryError::Alone(name(other))),
        }
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, QueryError> {
    let mut tokens = Vec::new();
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            _ if c.is_whitespace() => {}
            '(' | '（' => tokens.push(Token::Open),
            ')' | '）' => tokens.push(Token::Close),
            '"' | '“' | '「' => {
                let closing: &[char] = if c == '「' { &['」'] } else { &['"', '”'] };
                let mut phrase = String::new();
                loop {
                    match characters.next() {
                        None => return Err(QueryError::Open(c)),
                        Some(end) if closing.contains(&end) => break,
                        Some(inside) => phrase.push(inside),
                    }
                }
                let phrase = plain(&phrase);
                if phrase.is_empty() {
                    return Err(QueryError::Empty);
                }
                tokens.push(Token::Phrase(phrase));
            }
            _ => {
                let mut word = String::from(c);
                let ends = |c: &char| c.is_whitespace() || matches!(c, '(' | '（' | ')' | '）' | '"' | '“' | '「');
                while let Some(more) = characters.next_if(|c| !ends(c)) {
                    word.push(more);
                }
                tokens.push(word_or_operator(&word)?);
            }
        }
    }
    Ok(tokens)
}

fn word_or_operator(word: &str) -> Result<Token, QueryError> {
    Ok(match word {
        "AND" => Token::And,
        "OR" => Token::Or,
        "NOT" => Token::Not,
        "NEAR" => Token::Near(NEAR),
        _ => match word.strip_prefix("NEAR/") {
            Some(within) => Token::Near(within.parse().map_err(|_| QueryError::NearBy(word.to_owned()))?),
            None => Token::Phrase(plain(word)),
        },
    })
}

fn name(token: &Token) -> &'static str {
    match token {
        Token::And => "AND",
        Token::Or => "OR",
        Token::Not => "NOT",
        Token::Near(_) => "NEAR",
        Token::Open | Token::Close | Token::Phrase(_) => "a bracket",
    }
}

struct Reading {
    tokens: Vec<Token>,
    at: usize,
    depth: u8,
}

impl Reading {
    fn next(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn any(&mut self) -> Result<Query, QueryError> {
        let mut parts = vec![self.all()?];
        while self.next() == Some(&Token::Or) {
            self.at += 1;
            parts.push(self.all()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Query::Or(parts) })
    }

    fn all(&mut self) -> Result<Query, QueryError> {
        let mut parts = vec![self.but()?];
        loop {
            match self.next() {
                Some(Token::And) => self.at += 1,
                Some(Token::Phrase(_) | Token::Open) => {}
                _ => return Ok(if parts.len() == 1 { parts.remove(0) } else { Query::And(parts) }),
            }
            parts.push(self.but()?);
        }
    }

    fn but(&mut self) -> Result<Query, QueryError> {
        let mut query = self.near()?;
        while self.next() == Some(&Token::Not) {
            self.at += 1;
            query = Query::Not(Box::new(query), Box::new(self.near()?));
        }
        Ok(query)
    }

    fn near(&mut self) -> Result<Query, QueryError> {
        let first = self.one()?;
        let Some(&Token::Near(within)) = self.next() else { return Ok(first) };
        self.at += 1;
        match (first, self.one()?) {
            (Query::Phrase(first), Query::Phrase(second)) => Ok(Query::Near(first, second, within)),
            _ => Err(QueryError::NearOfGroup),
        }
    }

    fn one(&mut self) -> Result<Query, QueryError> {
        let token = self.next().cloned();
        self.at += 1;
        match token {
            Some(Token::Phrase(phrase)) => Ok(Query::Phrase(phrase)),
            Some(Token::Open) => {
                self.depth += 1;
                if self.depth > 32 {
                    return Err(QueryError::Deep);
                }
                let inside = self.any()?;
                self.depth -= 1;
                if self.next() != Some(&Token::Close) {
                    return Err(QueryError::Open('('));
                }
                self.at += 1;
                Ok(inside)
            }
            Some(Token::Close) => Err(QueryError::Open(')')),
            Some(operator) => Err(QueryError::Alone(name(&operator))),
            None => {
                let last = self.tokens.last().map_or("AND", name);
                Err(QueryError::Alone(last))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn phrase(text: &str) -> Query {
        Query::Phrase(text.to_owned())
    }

    #[test]
    fn and_binds_before_or_and_not_before_and() {
        let read = |text: &str| text.parse::<Query>();
        assert_eq!(read("就业"), Ok(phrase("就业")));
        assert_eq!(read("就業 物價"), Ok(Query::And(vec![phrase("就业"), phrase("物价")])));
        assert_eq!(
            read("甲 AND 乙 OR 丙 NOT 丁"),
            Ok(Query::Or(vec![Query::And(vec![phrase("甲"), phrase("乙")]), Query::Not(phrase("丙").into(), phrase("丁").into())]))
        );
        assert_eq!(read("甲 （乙 OR 丙）"), Ok(Query::And(vec![phrase("甲"), Query::Or(vec![phrase("乙"), phrase("丙")])])));
        assert_eq!(read("“稳 就业” NEAR/8 物价"), Ok(Query::Near("稳就业".into(), "物价".into(), 8)));
        assert_eq!(read("\"AND\""), Ok(phrase("and")));
    }

    #[test]
    fn what_cannot_be_understood_is_said() {
        for (text, error) in [
            (" ", QueryError::Empty),
            ("\"\"", QueryError::Empty),
            ("就业 AND", QueryError::Alone("AND")),
            ("NOT 就业", QueryError::Alone("NOT")),
            ("就业 OR OR 物价", QueryError::Alone("OR")),
            ("(就业", QueryError::Open('(')),
            ("就业)", QueryError::Open(')')),
            ("“就业", QueryError::Open('“')),
            ("(甲 乙) NEAR 丙", QueryError::NearOfGroup),
            ("甲 NEAR/三 丙", QueryError::NearBy("NEAR/三".into())),
        ] {
            assert_eq!(text.parse::<Query>(), Err(error), "{text}");
        }
        assert_eq!("(".repeat(4000).parse::<Query>(), Err(QueryError::Deep));
    }

    #[test]
    fn the_index_is_asked_for_no_less_than_the_answer() {
        let asked = |text: &str| text.parse::<Query>().unwrap().asked();
        assert_eq!((asked("就业 NOT 物价").text.as_str(), asked("就业 NOT 物价").is_exact), ("((\"就业\") NOT (\"物价\"))", true));
        assert_eq!(asked("就业 NOT 居民收入").text, "(\"就业\")");
        assert!(!asked("就业 NOT 居民收入").is_exact && !asked("居民收入").is_exact && !asked("甲 NEAR 乙").is_exact);
    }

    proptest! {
        #[test]
        fn any_text_is_a_query_or_an_error(text in "[甲乙 ()“”\"ANDORTE/0-9]{0,40}") {
            let _ = text.parse::<Query>();
        }
    }
}

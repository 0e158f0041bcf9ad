//! The commands that compare reports: words over time.

mod args;
mod diff;
mod marked;
mod new;
mod report;
mod reuse;
mod rows;
mod search;
mod select;
mod terms;
mod trace;

pub(crate) use args::{DiffArguments, NewArguments, ReuseArguments, SearchArguments, TermsArguments, TraceArguments};
pub(crate) use diff::run as diff;
pub(crate) use new::run as new;
pub(crate) use reuse::run as reuse;
pub(crate) use search::run as search;
pub(crate) use terms::run as terms;
pub(crate) use trace::run as trace;

/// Years as people write them: 2011, 2013–2015.
fn year_list(years: impl IntoIterator<Item = i16>) -> String {
    let mut runs: Vec<(i16, i16)> = Vec::new();
    for year in years {
        match runs.last_mut() {
            Some((_, to)) if *to + 1 == year => *to = year,
            _ => runs.push((year, year)),
        }
    }
    let shown = |(from, to): (i16, i16)| match to - from {
        0 => from.to_string(),
        1 => format!("{from}, {to}"),
        _ => format!("{from}–{to}"),
    };
    runs.into_iter().map(shown).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn years_in_a_row_are_joined() {
        assert_eq!(super::year_list([2011, 2013, 2014, 2015, 2017, 2018]), "2011, 2013–2015, 2017, 2018");
        assert_eq!(super::year_list([]), "");
    }
}

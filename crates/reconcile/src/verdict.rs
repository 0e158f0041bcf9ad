//! The verdict on a goal: every outcome it can be held against, one of them used.

use pledgebook_lexicon::{Aggregate, Bound, Claimed, Direction, Measure, Period, PledgeKind, Polarity, Relation, Verdict};

use crate::amount::Amount;
use crate::goal::Goal;
use crate::ground::{Claim, Ground};
use crate::judge::{Aim, Judgement, flags};
use crate::matching::{Candidates, Match, Wanted, round};
use crate::outcome::{Outcome, OutcomeId, Outcomes};
use crate::rules::Rule;

/// A goal held against one outcome, or against none.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<'a> {
    /// The outcome; also one that only shows why the goal cannot be judged.
    pub outcome: Option<&'a Outcome>,
    /// Its number as it was compared.
    pub amount: Option<Amount>,
    /// Of a relation: the outcome of the reference.
    pub reference: Option<&'a Outcome>,
    /// What a review says where it gives no figure.
    pub words: Option<String>,
    /// The verdict.
    pub judgement: Judgement,
}

/// Every verdict on a goal; the first is the one that counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdicts<'a> {
    /// The verdicts, one a match.
    pub found: Vec<Found<'a>>,
    /// What the government says of the goal.
    pub claim: Option<&'a Claim>,
}

impl<'a> Ground<'a> {
    /// Holds a goal against all that is known.
    #[must_use]
    pub fn judge(&self, goal: &Goal) -> Verdicts<'a> {
        let mut found = match goal.kind {
            PledgeKind::Number => self.number(goal),
            PledgeKind::Relative => self.relation(goal),
            PledgeKind::Absent => vec![self.in_words(goal, Rule::AbsentGoal)],
            PledgeKind::Qualitative | PledgeKind::Task => vec![self.in_words(goal, Rule::Qualitative)],
        };
        let claim = self.claim_of(goal);
        for one in &mut found {
            self.beside(goal, one, claim);
        }
        let differ = found.split_first().is_some_and(|(used, rest)| {
            rest.iter().any(|other| other.judgement.verdict != used.judgement.verdict && other.amount.is_some() && used.amount.is_some())
        });
        if let (true, Some(used)) = (differ, found.first_mut()) {
            used.judgement.flags.push(flags::SOURCES_DIFFER);
        }
        Verdicts { found, claim }
    }

    fn claim_of(&self, goal: &Goal) -> Option<&'a Claim> {
        let year = goal.period.last_year()? + 1;
        let about = goal.subject();
        let claims: &'a [Claim] = self.claims;
        claims.iter().find(|claim| claim.year == year && claim.subject == about)
    }

    /// Notes what stands beside a verdict: the stretch, the claim.
    fn beside(&self, goal: &Goal, found: &mut Found, claim: Option<&Claim>) {
        let kept = |verdict| matches!(verdict, Verdict::Met | Verdict::Exceeded);
        if let (Some((low, high)), Some(amount), Some(goal_amount)) = (goal.stretch, &found.amount, &goal.amount)
            && found.judgement.margin.is_some()
        {
            let better = Amount { low, high, bound: Bound::Exact, ..goal_amount.clone() };
            if let Some(aim) = Aim::of(&better, self.manner(goal), &self.lexicon.verdicts) {
                let beyond = aim.judge(amount, &self.lexicon.verdicts).verdict;
                found.judgement.flags.push(match beyond {
                    verdict if kept(verdict) => flags::STRETCH_MET,
                    Verdict::Missed => flags::STRETCH_MISSED,
                    _ => flags::STRETCH_UNDETERMINED,
                });
                // Between the floor and what was striven for, a dual goal is met; only beyond both is it exceeded.
                for verdict in [&mut found.judgement.verdict, &mut found.judgement.strict] {
                    if *verdict == Verdict::Exceeded && beyond != Verdict::Exceeded {
                        *verdict = Verdict::Met;
                    }
                }
            }
        }
        let Some(claim) = claim else { return };
        let differs = match found.judgement.verdict {
            Verdict::Missed => claim.claimed != Claimed::Missed,
            verdict if kept(verdict) => claim.claimed == Claimed::Missed,
            _ => false,
        };
        if differs {
            found.judgement.flags.push(flags::CLAIM_DIFFERS);
        }
    }

    fn number(&self, goal: &Goal) -> Vec<Found<'a>> {
        let Some(amount) = &goal.amount else { return vec![self.in_words(goal, Rule::Loose)] };
        let Some(aim) = Aim::of(amount, self.manner(goal), &self.lexicon.verdicts) else { return vec![self.in_words(goal, Rule::Loose)] };
        let wanted = Wanted {
            measure: amount.measure,
            unit: &amount.unit,
            period: goal.period,
            average: goal.average,
            aggregate: goal.aggregate,
            basis: &goal.basis,
            reference: goal.reference.as_deref(),
        };
        let candidates = wanted.among(self.own.about(&goal.subject()), &self.lexicon.verdicts);
        if candidates.matches.is_empty() {
            return vec![self.unmatched(goal, candidates, amount.measure)];
        }
        candidates
            .matches
            .into_iter()
            .map(|found| {
                let mut judgement = aim.judge(&found.amount, &self.lexicon.verdicts);
                judgement.flags.extend(found.flags);
                Found { outcome: Some(found.outcome), amount: Some(found.amount), reference: None, words: None, judgement }
            })
            .collect()
    }

    /// Why a goal with a number or a relation has no outcome to be held against.
    fn unmatched(&self, goal: &Goal, candidates: Candidates<'a>, measure: Measure) -> Found<'a> {
        let without = |verdict, rule| Found {
            outcome: None,
            amount: None,
            reference: None,
            words: None,
            judgement: Judgement::without_number(verdict, rule),
        };
        let Some(due) = goal.period.last_year() else { return without(Verdict::NotMeasurable, Rule::OpenPeriod) };
        let of_a_span = candidates.near.as_ref().filter(|near| near.why == Rule::OtherSpan).map(|near| near.outcome);
        let near = candidates.near.filter(|near| near.why != Rule::OtherSpan).or_else(|| self.other_scope(goal, measure));
        if let Some(near) = near {
            return Found { outcome: Some(near.outcome), ..without(Verdict::NotComparable, near.why) };
        }
        if self.claim_of(goal).is_some() {
            return without(Verdict::ReportedWithoutFigure, Rule::ClaimOnly);
        }
        if let Some(words) = (self.mention)(goal, due + 1) {
            return Found { words: Some(words), ..without(Verdict::ReportedWithoutFigure, Rule::WordsOnly) };
        }
        if self.reports.has_next(due) {
            // A sum or mean over five years is silent on this one.
            let rule = if of_a_span.is_some() { Rule::OtherSpan } else { Rule::Silence };
            Found { outcome: of_a_span, ..without(Verdict::NotReported, rule) }
        } else if self.reports.is_past(due + 1) {
            let mut found = without(Verdict::Pending, Rule::NextReportLacking);
            found.judgement.flags.push(flags::NEXT_REPORT_LACKING);
            found
        } else {
            without(Verdict::Pending, Rule::NoReportYet)
        }
    }

    /// An outcome of the same thing for another group: 城镇居民 for 居民.
    fn other_scope(&self, goal: &Goal, measure: Measure) -> Option<crate::matching::NearMiss<'a>> {
        let indicator = goal.indicator.as_deref()?;
        let scope = self.lexicon.verdicts.scopes.iter().find(|scope| scope.iter().any(|id| id == indicator))?;
        let siblings = scope.iter().filter(|id| *id != indicator);
        let outcomes = siblings.flat_map(|id| self.own.about(id));
        outcomes
            .filter(|outcome| outcome.period == goal.period && outcome.amount.measure == measure && !outcome.average)
            .min_by_key(|outcome| (outcome.year, outcome.position))
            .map(|outcome| crate::matching::NearMiss { outcome, why: Rule::OtherScope })
    }

    /// The outcome beside a goal in words: growth where there is any.
    fn in_words(&self, goal: &Goal, rule: Rule) -> Found<'a> {
        let outcomes = self.own.about(&goal.subject()).iter();
        let outcome = outcomes
            .filter(|o| o.period == goal.period && !o.average && o.aggregate != Aggregate::Start)
            .filter(|o| matches!(o.amount.measure, Measure::Growth | Measure::Level | Measure::Share))
            .min_by_key(|o| (o.amount.measure != Measure::Growth, o.year, o.position));
        Found {
            outcome,
            amount: outcome.map(|o| o.amount.clone()),
            reference: None,
            words: None,
            judgement: Judgement::without_number(Verdict::NotMeasurable, rule),
        }
    }

    fn relation(&self, goal: &Goal) -> Vec<Found<'a>> {
        let Some(relation) = goal.relation else { return vec![self.in_words(goal, Rule::NoReference)] };
        let reference = goal.reference.as_deref().unwrap_or_default();
        let own = growth(self.own, &goal.subject(), goal.period, self);
        if own.matches.is_empty() {
            if let Some(found) = self.told_gap(goal, relation) {
                return vec![found];
            }
            return vec![self.unmatched(goal, own, Measure::Growth)];
        }
        let beside = match (relation, reference) {
            (Relation::Positive, _) => None,
            (_, "national" | "national_average") => Some(growth(self.nation, &goal.subject(), goal.period, self)),
            (_, id) if self.lexicon.indicator(id).is_some() => Some(growth(self.own, id, goal.period, self)),
            _ => Some(Candidates::default()),
        };
        // The source that gives both growths is best; else each is taken where it is found.
        own.matches
            .into_iter()
            .map(|mine| {
                let other = beside.as_ref().map(|candidates| {
                    let same = candidates
                        .matches
                        .iter()
                        .find(|m| (&m.outcome.source, m.outcome.year) == (&mine.outcome.source, mine.outcome.year));
                    same.or(candidates.matches.first()).cloned()
                });
                match other {
                    None => self.held(goal, relation, mine, None),
                    Some(Some(other)) => self.held(goal, relation, mine, Some(other)),
                    Some(None) => match self.told_gap(goal, relation) {
                        Some(found) => found,
                        None => Found {
                            outcome: Some(mine.outcome),
                            amount: Some(mine.amount),
                            reference: None,
                            words: None,
                            judgement: Judgement::without_number(Verdict::NotMeasurable, Rule::NoReference),
                        },
                    },
                }
            })
            .collect()
    }

    /// One growth beside the other.
    fn held(&self, goal: &Goal, relation: Relation, mine: Match<'a>, other: Option<Match<'a>>) -> Found<'a> {
        let words = &self.lexicon.verdicts;
        let (value, bar) = (mine.amount.signed(), other.as_ref().map_or((0.0, 0.0), |other| other.amount.signed()));
        let is_basic = words.basic.iter().any(|word| goal.quote.contains(word.as_str()));
        let (rule, bound, tolerance) = match relation {
            Relation::InStep => (Rule::InStep, Bound::AtLeast, if is_basic { words.in_step_basic } else { words.in_step }),
            Relation::Faster => (Rule::Faster, Bound::MoreThan, 0.0),
            Relation::NotBelow => (Rule::NotBelow, Bound::AtLeast, 0.0),
            Relation::Positive => (Rule::Positive, Bound::MoreThan, 0.0),
            Relation::SameAs => (Rule::SameAs, Bound::About, self.manner(goal).points),
        };
        let mut judgement = if relation == Relation::SameAs {
            let goal_amount = Amount { low: bar.0, high: bar.1, bound: Bound::About, direction: Direction::Up, ..mine.amount.clone() };
            let aim = Aim::of(&goal_amount, self.manner(goal), words);
            aim.map_or_else(|| Judgement::without_number(Verdict::NotMeasurable, rule), |aim| aim.judge(&mine.amount, words))
        } else {
            let kept = |tolerance: f64| {
                let slack = 1e-9 * bar.1.abs().max(1.0);
                let is_kept = if bound == Bound::MoreThan { value.0 > bar.1 + slack } else { value.0 >= bar.1 - tolerance - slack };
                let could_be = if bound == Bound::MoreThan { value.1 > bar.0 + slack } else { value.1 >= bar.0 - tolerance - slack };
                match (is_kept, could_be) {
                    (true, _) => Verdict::Met,
                    (false, true) => Verdict::Undetermined,
                    (false, false) => Verdict::Missed,
                }
            };
            let margin = crate::judge::clean(round(f64::midpoint(value.0, value.1) - f64::midpoint(bar.0, bar.1), 6));
            Judgement { verdict: kept(tolerance), strict: kept(0.0), margin: Some(margin), tolerance, rule, flags: Vec::new() }
        };
        judgement.rule = rule;
        judgement.flags.extend(&mine.flags);
        let is_income = goal.indicator.as_deref().is_some_and(|id| id.starts_with("income"));
        if is_income && mine.outcome.basis != "real" && relation == Relation::InStep {
            judgement.flags.push(flags::BASIS_UNSTATED);
        }
        Found {
            outcome: Some(mine.outcome),
            amount: Some(mine.amount),
            reference: other.map(|other| other.outcome),
            words: None,
            judgement,
        }
    }

    /// What a report itself says of the distance to the nation: 高于全国0.4个百分点.
    fn told_gap(&self, goal: &Goal, relation: Relation) -> Option<Found<'a>> {
        if !matches!(goal.reference.as_deref(), Some("national" | "national_average")) {
            return None;
        }
        let outcome = self.own.about(&goal.subject()).iter().find(|o| {
            o.amount.measure == Measure::Gap
                && o.period == goal.period
                && matches!(o.reference.as_deref(), Some("national" | "national_average"))
        })?;
        let is_lower_better = self.manner(goal).polarity == Some(Polarity::Lower);
        let ahead = (outcome.amount.direction == Direction::Up) != is_lower_better;
        let kept = match relation {
            Relation::Faster | Relation::NotBelow => ahead,
            Relation::InStep => ahead || outcome.amount.high <= self.lexicon.verdicts.in_step,
            Relation::SameAs | Relation::Positive => return None,
        };
        let verdict = if kept { Verdict::Met } else { Verdict::Missed };
        let margin = if ahead { outcome.amount.low } else { -outcome.amount.high };
        let judgement = Judgement {
            verdict,
            strict: if ahead { Verdict::Met } else { Verdict::Missed },
            margin: Some(margin),
            tolerance: 0.0,
            rule: Rule::Gap,
            flags: Vec::new(),
        };
        Some(Found { outcome: Some(outcome), amount: Some(outcome.amount.clone()), reference: None, words: None, judgement })
    }
}

/// The growths of a subject; of a source, the real one first.
fn growth<'a>(outcomes: &'a Outcomes, subject: &str, period: Period, ground: &Ground) -> Candidates<'a> {
    let average = false;
    let wanted = Wanted {
        measure: Measure::Growth,
        unit: "percent",
        period,
        average,
        aggregate: Aggregate::Single,
        basis: "unstated",
        reference: None,
    };
    let mut candidates = wanted.among(outcomes.about(subject), &ground.lexicon.verdicts);
    if let Some(first) = candidates.matches.first().map(|m| (m.outcome.source.clone(), m.outcome.year)) {
        candidates.matches.sort_by_key(|m| {
            let is_first = (&m.outcome.source, m.outcome.year) == (&first.0, first.1);
            (!is_first, is_first && m.outcome.basis != "real")
        });
    }
    candidates
}

impl Found<'_> {
    /// The id of the outcome.
    #[must_use]
    pub fn outcome_id(&self) -> Option<&OutcomeId> {
        self.outcome.map(|outcome| &outcome.id)
    }
}

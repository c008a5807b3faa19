//! Counts of requests, of their outcomes, of proceedings, of documents and of decisions.

use std::collections::HashSet;
use std::ops::Range;

use super::context::{
    FILLERS, covers_region, is_carried_in, is_carried_out, is_of_other_time, of_other_bodies, stale_year,
};
use super::sentence::{COMMAS, CountedNumber, Sentence};
use super::statement::{Meaning, Saying, Statement};
use super::subject::Subject;
use super::sum::Sum;
use super::words::{Class, Hit, Kind, List, words};
use crate::form::{Cell, Layout};
use crate::published::PublishedReport;
use crate::published::cell::PublishedCell;
use crate::text::contains_any;

/// What a figure is given by: a measure of a subject, or the subject alone.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Word {
    Measure(usize),
    Own(Subject),
    /// A measure of one of several subjects: 规章、规范性文件现行有效件数分别为.
    MeasureOf(Subject, usize),
}

impl Word {
    fn of(hit: &Hit) -> Option<Word> {
        match hit.class {
            Class::Measure(number) => Some(Word::Measure(number)),
            Class::Subject(subject) if subject != Subject::Other => Some(Word::Own(subject)),
            _ => None,
        }
    }

    fn kind(self) -> Option<Kind> {
        match self {
            Word::Measure(number) | Word::MeasureOf(_, number) => Some(words().measure(number).kind),
            Word::Own(_) => None,
        }
    }

    /// Which of several words before a figure says what it counts: why requests ended says more than how, an outcome more
    /// than a verb, a verb more than what it takes.
    fn weight(self) -> u8 {
        match (self, self.kind()) {
            (_, Some(Kind::Ground)) => 4,
            (_, Some(Kind::Received | Kind::Finished)) => 2,
            (_, Some(_)) => 3,
            (Word::Own(subject), _) if subject.is_requests() => 0,
            (Word::Own(subject), _) if subject.is_documents() => 1,
            (Word::Own(_), _) => 2,
            (Word::Measure(_) | Word::MeasureOf(..), None) => 0,
        }
    }
}

/// What was said before, as far as it bears on the next figure.
#[derive(Clone, Default)]
struct Talk {
    subject: Option<Subject>,
    /// Whether the proceedings are those about disclosure.
    about: bool,
    /// The last figure of the sentence before, whatever it counts.
    last: Option<i64>,
    /// Whether the last time that was named is another.
    other_time: bool,
    /// Whether the first figures are those of a part, of which the next ones may be, too.
    part: bool,
    /// Whether a figure of other bodies was given, of which the next ones may be parts.
    other_bodies: bool,
}

impl Talk {
    /// What goes on to be spoken of where a sentence begins.
    fn at(self, sentence: &Sentence<'_>) -> Talk {
        if sentence.begins {
            let (hits, _) = words().hits(sentence.heading);
            let mut talk = Talk::default();
            hits.iter().for_each(|hit| talk.hears(hit));
            return talk;
        }
        if sentence.continues() {
            return self;
        }
        Talk { subject: self.subject, about: self.about, ..Talk::default() }
    }

    fn hears(&mut self, hit: &Hit) {
        match hit.class {
            Class::Subject(Subject::RequestsInShort) => {}
            Class::Subject(subject) => self.subject = Some(subject),
            _ => {}
        }
    }
}

/// A figure within its sentence.
struct Figure<'s> {
    sentence: &'s Sentence<'s>,
    at: &'s CountedNumber,
    /// What is spoken of.
    subject: Option<Subject>,
    /// Its clause, up to the figures beside it.
    clause: Range<usize>,
}

/// Counts of requests, of their outcomes, of proceedings, of documents and of decisions.
pub(crate) fn counts(report: &PublishedReport, sentences: &[Sentence<'_>]) -> Vec<Statement> {
    let mut found = Vec::new();
    let mut talk = Talk::default();
    let mut stated: Vec<Stated> = Vec::new();
    for (number, sentence) in sentences.iter().enumerate().filter(|(_, sentence)| sentence.section.is_some()) {
        talk = talk.at(sentence);
        if !sentence.goes_on {
            found.extend(borne_out(report, std::mem::take(&mut stated)));
        }
        let stale = stale_counts(report, &sentences[number..]).map(|(_, said)| said);
        let (said, next) = stale.unwrap_or_else(|| read(report, sentence, talk, false));
        stated.extend(said);
        talk = next;
        if sentences.get(number + 1).is_some_and(Sentence::continues) {
            let behind = sentence.figures.last().map_or(0, |figure| figure.end)..sentence.text.len();
            talk.other_time = is_of_other_time(report, sentence, behind).unwrap_or(talk.other_time);
        }
    }
    found.extend(borne_out(report, stated));
    found
}

/// What the figures of a sentence say, and what goes on to be spoken of.
fn read(report: &PublishedReport, sentence: &Sentence<'_>, talk: Talk, stale: bool) -> (Vec<Stated>, Talk) {
    let mut reading = Reading {
        report,
        sentence,
        stale,
        talk,
        known: vec![],
        each: vec![],
        of: vec![],
        in_columns: false,
        aside: false,
    };
    let (mut stated, mut since) = (Vec::new(), 0);
    for (number, at) in sentence.figures.iter().enumerate() {
        let mut figure = Figure { sentence, at, subject: None, clause: sentence.clause(at.start, at.end) };
        reading.hear(since, &figure);
        figure.subject = reading.talk.subject;
        let meant = reading.meanings_of(number, &figure);
        let said = meant.and_then(|(meanings, sure)| {
            let (statement, whole) = compared(report, sentence, at, &meanings)?;
            let by_ground = figure.names().iter().any(|word| word.kind() == Some(Kind::Ground));
            Some(Stated { statement, value: at.value, whole, by_ground, sure })
        });
        reading.known.push((at.end, said.as_ref().is_some_and(|said| said.statement.fits)));
        stated.extend(said);
        since = at.end;
    }
    let mut talk = reading.talk;
    talk.last = sentence.figures.last().map(|figure| figure.value);
    sentence.hits_in(since..sentence.text.len()).for_each(|hit| talk.hears(hit));
    (stated, talk)
}

/// The year of last year's report that was left to stand at the beginning of these sentences, before several counts, and what
/// the first says of this year: 2023年共制发规范性文件3件，废止1件. One count alone can be meant.
fn stale_counts(report: &PublishedReport, sentences: &[Sentence<'_>]) -> Option<(u16, (Vec<Stated>, Talk))> {
    let (sentence, year) = (sentences.first()?, stale_year(report, sentences)?);
    let (stated, talk) = read(report, sentence, Talk::default().at(sentence), true);
    (stated.len() > 1).then_some((year, (stated, talk)))
}

/// The years of last year's report that were left to stand.
pub(crate) fn stale_years(report: &PublishedReport, sentences: &[Sentence<'_>]) -> Vec<Statement> {
    let statement = |number: usize| {
        let (year, _) = stale_counts(report, &sentences[number..])?;
        let meaning = Meaning::plain("报告年度", report.facts.year?.to_string());
        Some(sentences[number].statement(Saying::Period, format!("{year}年"), vec![meaning], false))
    };
    (0..sentences.len()).filter_map(statement).collect()
}

/// A statement, the figure in it, and whether its words leave no doubt that it is one of what the tables count.
struct Stated {
    statement: Statement,
    value: i64,
    /// What the tables have for the likeliest meaning, where that is a plain sum.
    whole: Option<i64>,
    /// Whether it is given by a reason, of which several can be one row.
    by_ground: bool,
    sure: bool,
}

/// What is less than its words mean can be the rest of it, beside its other parts in the list: 逾期未补正2件，其他处理5件 are all
/// of （六）其他处理, 不掌握1件，信息不存在1件 both of one row.
fn parts_of_wholes(stated: &mut [Stated]) {
    for number in 0..stated.len().min(MOST_IN_A_LIST) {
        let said = &stated[number];
        let Some(whole) = said.whole.filter(|_| !said.statement.fits) else { continue };
        let cells = said.statement.cells();
        // 不掌握5件，其中4件信息不存在: some of a row that was given before.
        let is_same_row = |other: &Stated| other.statement.fits && other.statement.cells() == cells;
        if said.by_ground && said.value < whole && stated[..number].iter().any(is_same_row) {
            stated[number].statement.fits = true;
            continue;
        }
        let is_part = |(at, other): (usize, &Stated)| {
            let of_whole = !other.statement.cells().is_empty()
                && other.statement.cells().iter().all(|cell| cells.contains(cell))
                && other.whole.is_some();
            let is_less = other.statement.cells().len() < cells.len() && other.statement.fits;
            let is_same = other.statement.cells().len() == cells.len() && !other.statement.fits && other.by_ground;
            (at == number || of_whole && (is_less || is_same)).then_some(at)
        };
        let parts: Vec<usize> = stated.iter().take(MOST_IN_A_LIST).enumerate().filter_map(is_part).collect();
        let sum = parts.iter().try_fold(0_i64, |sum, at| sum.checked_add(stated[*at].value));
        if parts.len() > 1 && sum == Some(whole) {
            parts.into_iter().for_each(|at| stated[at].statement.fits = true);
        }
    }
}

/// 自然人61件，企业5件，其他4件: where columns of a row are listed, the last can be all of it that was not named.
fn rests_of_rows(report: &PublishedReport, stated: &mut [Stated]) {
    for number in 0..stated.len().min(MOST_IN_A_LIST) {
        let is_rest = |meaning: &Meaning| {
            let [cell] = meaning.cells[..] else { return false };
            let is_other = cell.entry().column_key() == "other" && cell.path().starts_with("requests.");
            let of_applicants = meaning.less.is_empty() && is_other;
            let Some(row) = report.layout().row_of(cell).filter(|_| of_applicants) else { return false };
            let named: HashSet<Cell> = stated[..number]
                .iter()
                .filter(|said| said.statement.fits)
                .flat_map(|said| said.statement.meanings.iter().flat_map(|meaning| meaning.cells.iter().copied()))
                .collect();
            let (of_others, rest): (Vec<Cell>, Vec<Cell>) =
                row.parts().map(|part| part.cell()).partition(|part| named.contains(part));
            let counts = rest.iter().map(|part| report.get(*part).and_then(PublishedCell::whole_count));
            let sum = counts.sum::<Option<i64>>();
            rest.contains(&cell) && !of_others.is_empty() && sum == Some(stated[number].value)
        };
        if !stated[number].statement.fits && stated[number].statement.meanings.iter().any(is_rest) {
            stated[number].statement.fits = true;
        }
    }
}

/// No list of a report has more figures.
const MOST_IN_A_LIST: usize = 60;

/// The statements, of sentences parted by semicolons, that leave no doubt; and all where two others have what the tables have
/// under their names.
fn borne_out(report: &PublishedReport, mut stated: Vec<Stated>) -> impl Iterator<Item = Statement> {
    parts_of_wholes(&mut stated);
    rests_of_rows(report, &mut stated);
    let fits = |said: &&Stated| said.statement.fits && said.value > 0;
    let values: HashSet<i64> = stated.iter().filter(fits).map(|said| said.value).collect();
    let misses = stated.iter().filter(|said| !said.sure && !said.statement.fits).count();
    let all = values.len() >= 2 && misses < values.len();
    stated.into_iter().filter(move |said| said.sure || all).map(|said| said.statement)
}

/// A sentence that is being read, figure by figure.
struct Reading<'s> {
    report: &'s PublishedReport,
    sentence: &'s Sentence<'s>,
    /// Whether it names last year where it means this one.
    stale: bool,
    talk: Talk,
    /// Where the figures so far end, and whether the tables have them.
    known: Vec<(usize, bool)>,
    /// The words of the next figures, each its own.
    each: Vec<Word>,
    /// What the last figure means that was not one of applicants.
    of: Vec<Sum>,
    /// Whether the last figure was one of applicants.
    in_columns: bool,
    /// Whether only this figure is of another year: 25件，2023年为18件.
    aside: bool,
}

impl Reading<'_> {
    fn layout(&self) -> Layout {
        self.report.layout()
    }

    /// Takes in what is said between the figure before and this one.
    fn hear(&mut self, since: usize, figure: &Figure<'_>) {
        let sentence = self.sentence;
        let said = &sentence.text[since..figure.at.start];
        let time = is_of_other_time(self.report, sentence, since..figure.at.start).filter(|_| !self.stale || since > 0);
        self.aside = time == Some(true) && figure.is_beside_year(since);
        if !self.aside {
            self.talk.other_time = time.unwrap_or(self.talk.other_time);
        }
        // 上年结转3件均已答复，予以公开3件: how those ended.
        let goes_on = said.trim_start_matches(COMMAS).split(COMMAS).next().unwrap_or("");
        let of_carried = self.of.first().is_some_and(|of| of.name == "上年结转")
            && (said.starts_with('中') || goes_on.contains(['均', '全']));
        self.talk.part |= of_carried;
        let mut last: Option<&Hit> = None;
        for hit in sentence.hits_in(since..figure.at.start) {
            let joined = last.is_some_and(|last| {
                let both =
                    [last.class, hit.class] == [Subject::Reconsideration, Subject::Litigation].map(Class::Subject);
                both && sentence.text[last.end..hit.start].chars().all(|c| "、和及与或者以".contains(c))
            });
            // 主动公开84件、依申请公开61件: documents by how they may be had.
            let by_attribute = self.talk.subject == Some(Subject::Other)
                && sentence.text[hit.start..hit.end].starts_with("依申请")
                && sentence.text[..hit.start].contains("主动公开");
            if !by_attribute {
                self.talk.hears(hit);
            }
            if joined {
                self.talk.subject = Some(Subject::Proceedings);
            }
            last = Some(hit);
        }
        let is_subject = |hit: &&Hit| matches!(hit.class, Class::Subject(_));
        if !sentence.hits_in(figure.clause.start..figure.at.start).any(|hit| is_subject(&hit)) {
            let after = sentence.hits_in(figure.at.end..figure.clause.end).find(is_subject);
            after.into_iter().for_each(|hit| self.talk.hears(hit));
        }
        if self.talk.subject.is_some_and(Subject::is_proceedings)
            && sentence.hits_in(since..figure.clause.end).any(|hit| is_subject(&hit))
        {
            self.talk.about = figure.is_about_disclosure(self.talk.about);
        }
    }

    /// What a figure can mean, and whether that is sure; `None` where it is not known or not what the tables count.
    fn meanings_of(&mut self, number: usize, figure: &Figure<'_>) -> Option<(Vec<Sum>, bool)> {
        let names = self.names_of(number, figure);
        if let Some(carried) = self.carried(figure) {
            return Some((carried, true));
        }
        let Some(first) = names.first().copied() else {
            // 收到数据领域申请9件，答复9件: a part, which the words do not name.
            let of_requests = self
                .sentence
                .hits_in(figure.clause.clone())
                .any(|hit| matches!(hit.class, Class::Subject(subject) if subject.is_requests()));
            self.talk.part |= of_requests && self.known.iter().all(|(_, fits)| !fits);
            return None;
        };
        let sure = names.iter().map(|word| self.applies(*word, figure)).collect::<Option<Vec<bool>>>()?;
        if self.is_apart(figure, first) || self.is_done_with(figure, first) {
            return None;
        }
        if matches!(first, Word::Own(own) if own.is_requests()) && sure.contains(&false) {
            // 收到人事类申请9件, 答复9件.
            self.talk.part |= self.known.iter().all(|(_, fits)| !fits);
        }
        let is_whole = match first {
            Word::Own(subject) => subject.is_requests(),
            _ => matches!(first.kind(), Some(Kind::Received | Kind::Finished)),
        };
        let is_decision = first.kind() == Some(Kind::Decision) || matches!(first, Word::Own(own) if own.is_decisions());
        if is_decision && !self.is_part_of_known(figure) {
            return None;
        }
        let is_part = first.kind().is_some_and(Kind::is_of_requests) || is_whole;
        // 其中收到3件: by one channel, or of one kind.
        if is_whole && self.among(figure).is_some() && !(self.says_new(first) && self.is_part_of_known(figure)) {
            return None;
        }
        let sure = sure.into_iter().all(|sure| sure)
            && (!is_part || !self.talk.part && self.is_part_of_known(figure))
            && !(first.kind() == Some(Kind::Ground) && self.is_among_received(figure))
            // What is counted when documents are reviewed is what was there then.
            && !(first.kind() == Some(Kind::Document) && self.sentence.text.replace("清理废止", "").contains("清理"));
        let each = names.iter().map(|word| self.meanings(*word)).collect::<Vec<_>>();
        let mut meanings = Sum::joined(each);
        let of_columns = match first {
            Word::Measure(number) => words().columns_of(number),
            _ => vec![],
        };
        // 其他 is the last column where columns are listed, and one of several things otherwise.
        let is_rest = first.kind() == Some(Kind::OutcomeInShort) && !of_columns.is_empty();
        let is_column = first.kind() == Some(Kind::Applicant) || is_rest && self.in_columns;
        let sure = sure && !is_rest;
        self.in_columns = is_column;
        if is_column {
            let columns = of_columns;
            meanings.extend(self.of.iter().filter_map(|of| of.in_columns(&columns, self.layout())));
        } else {
            self.add_columns(figure, &mut meanings);
            self.of.clone_from(&meanings);
        }
        (!meanings.is_empty()).then_some((meanings, sure))
    }

    fn says_new(&self, word: Word) -> bool {
        matches!(word, Word::Measure(number) if words().means_one(number))
    }

    /// The words that a figure is given by, added up.
    fn names_of(&mut self, number: usize, figure: &Figure<'_>) -> Vec<Word> {
        if !self.each.is_empty() {
            return vec![self.each.remove(0)];
        }
        let sentence = figure.sentence;
        let before = sentence.hits_in(figure.clause.start..figure.at.start).rfind(|hit| hit.class == Class::Each);
        let Some(each) = before else {
            let names = figure.names();
            let adds_up = names.is_empty()
                && self.known.iter().filter(|(_, fits)| *fits).count() >= 2
                && self.talk.subject.is_some_and(Subject::is_requests)
                && words().list(List::InAll).contains(&figure.text(figure.clause.start..figure.at.start));
            return if adds_up { vec![Word::Own(Subject::Requests)] } else { names };
        };
        let names = figure.names_of_each(each.start);
        let row = sentence.figures[number..].windows(2).take_while(|pair| {
            let between = &sentence.text[pair[0].end..pair[1].start];
            !between.is_empty() && between.chars().all(|c| "、，,和及以与".contains(c))
        });
        if names.len() < 2 || names.len() != row.count() + 1 {
            return vec![];
        }
        self.each = names;
        vec![self.each.remove(0)]
    }

    fn meanings(&self, word: Word) -> Vec<Sum> {
        let subject = self.talk.subject.unwrap_or(Subject::Requests);
        match word {
            Word::Measure(number) => words().meanings_of(number, subject.rows(), self.layout()),
            Word::MeasureOf(of, number) => words().meanings_of(number, of.rows(), self.layout()),
            Word::Own(_) if subject == Subject::Proceedings => {
                words().own(Subject::Litigation, subject.rows(), self.layout())
            }
            Word::Own(own) => words().own(own, own.rows(), self.layout()),
        }
    }

    /// 对自然人提出的申请，办结2件: of one column, too.
    fn add_columns(&self, figure: &Figure<'_>, meanings: &mut Vec<Sum>) {
        let sentence = figure.sentence;
        let is_applicant = |hit: &&Hit| matches!(Word::of(hit).and_then(Word::kind), Some(Kind::Applicant));
        let Some(hit) = sentence.hits_in(0..figure.at.start).rfind(is_applicant) else { return };
        let Class::Measure(number) = hit.class else { return };
        let columns = words().columns_of(number);
        let of_column: Vec<Sum> =
            meanings.iter().filter_map(|meaning| meaning.in_columns(&columns, self.layout())).collect();
        meanings.extend(of_column);
    }

    /// Whether a word, beside this figure, speaks of what the tables count: surely, or if other figures bear it out.
    fn applies(&self, word: Word, figure: &Figure<'_>) -> Option<bool> {
        let subject = self.talk.subject;
        let in_short = figure.sentence.has(0..figure.clause.end, Class::Subject(Subject::RequestsInShort));
        let of_requests = subject == Some(Subject::Requests) || subject.is_none() && in_short;
        let of_proceedings = subject.is_some_and(Subject::is_proceedings);
        let (sure, counters) = match (word.kind(), word) {
            (Some(Kind::Received | Kind::Finished | Kind::OutcomeInShort | Kind::Applicant), _) => {
                (of_requests, "件份宗起项例条数")
            }
            (Some(Kind::Outcome | Kind::Ground), _) => {
                (of_requests || subject.is_none(), if of_requests { "件份宗起项例条数" } else { "件份宗起数" })
            }
            (Some(Kind::Ruling), _) if of_proceedings => (self.talk.about, "件起宗例次数"),
            // A government has its documents counted with those of its departments.
            (Some(Kind::Document), _) if covers_region(self.report) != Some(true) => {
                (subject.is_some_and(Subject::is_documents), "件份个部数")
            }
            (Some(Kind::Decision), _) => (subject.is_some_and(Subject::is_decisions), "件宗起项次例条数"),
            (None, Word::Own(own)) if own.is_requests() => {
                (figure.begins_with_requests() || figure.is_before_requests(), "件份宗起项例条数")
            }
            (None, Word::Own(own)) if own.is_proceedings() && of_proceedings => (self.talk.about, "件起宗例次数"),
            (None, Word::Own(own)) if own.is_decisions() && own != Subject::AdministrativeFees => {
                (!figure.is_of_items() && !figure.is_of_other_decisions(), "件宗起项次例条数")
            }
            _ => return None,
        };
        let is_request =
            word.kind().is_some_and(Kind::is_of_requests) || matches!(word, Word::Own(own) if own.is_requests());
        let sure = sure && counters.contains(figure.at.counter);
        let may = match word.kind() {
            _ if is_request => of_requests || subject.is_none() || subject == Some(Subject::RequestsInShort),
            Some(Kind::Decision) => sure,
            None if matches!(word, Word::Own(own) if own.is_decisions()) => sure,
            _ => sure || of_proceedings,
        };
        may.then_some(sure)
    }

    /// Whether a figure is about another time or other bodies, about a part, or not exact.
    fn is_apart(&mut self, figure: &Figure<'_>, word: Word) -> bool {
        let (sentence, clause) = (figure.sentence, figure.clause.clone());
        let before = clause.start..figure.at.start;
        // What a list is about holds for each of it.
        let list = sentence.comma_before(figure.at.start)..clause.end;
        self.talk.other_bodies |= of_other_bodies(self.report, sentence, before.clone(), figure.at.start);
        let of_proceedings = matches!(word, Word::Own(subject) if subject.is_proceedings());
        let is_part = sentence.has(list, Class::Part) || !of_proceedings && sentence.has(clause.clone(), Class::Matter);
        self.talk.part |= is_part && self.known.iter().all(|(_, fits)| !fits);
        // 上年行政复议3件、行政诉讼2件: both of that year.
        let of_year = sentence.comma_before(figure.at.start)..figure.at.start;
        is_part
            || of_proceedings && sentence.has(of_year, Class::LastYear)
            || !figure.at.exact
            || figure.text(before).contains("其余") && !self.is_but_for_carried(figure)
            || self.talk.other_time
            || self.aside
            || self.talk.other_bodies
            || sentence.has(clause.clone(), Class::Comparison)
            || sentence.has(clause, Class::LastYear)
    }

    /// 答复本年新收申请22件: some of what was received.
    fn is_done_with(&self, figure: &Figure<'_>, word: Word) -> bool {
        let kinds = |from: usize| {
            let hits = self.sentence.hits_in(from..figure.at.start);
            hits.filter_map(|hit| Some((hit.end, Word::of(hit)?.kind()?)))
        };
        let done = kinds(figure.clause.start).find(|(_, kind)| *kind == Kind::Finished);
        word.kind() == Some(Kind::Received)
            && done.is_some_and(|(end, _)| kinds(end).any(|(_, kind)| kind == Kind::Received))
    }

    /// 除3件结转下年度外，其余71件: but for what is carried over all ended.
    fn is_but_for_carried(&self, figure: &Figure<'_>) -> bool {
        let [.., (end, true)] = self.known[..] else { return false };
        let between = figure.text(end..figure.at.start);
        let said = &self.sentence.text[..end];
        said.rfind('除').is_some_and(|at| !said[at..].contains(COMMAS))
            && is_carried_out(self.report, between)
            && between.contains('外')
    }

    /// What a figure of requests carried over means: 上年结转3件, 结转下年度2件, 2件结转下一年办理.
    fn carried(&mut self, figure: &Figure<'_>) -> Option<Vec<Sum>> {
        if self.talk.subject.is_some_and(|subject| !subject.is_requests()) {
            return None;
        }
        let (sentence, clause, at) = (figure.sentence, figure.clause.clone(), figure.at);
        let before = &sentence.text[clause.start..at.start];
        let after = &sentence.text[at.end..sentence.carry_after(&clause)];
        // What is behind the verb and the year must count requests, too.
        let ends_plainly = |classes: &[Class]| {
            let mut hits = sentence.hits_in(clause.start..at.start);
            let last = hits.rfind(|hit| classes.contains(&hit.class));
            last.is_some_and(|hit| figure.is_plain(hit.end..at.start, "继续办理处理上年度0123456789"))
        };
        let out = is_carried_out(self.report, before) && ends_plainly(&[Class::Carry, Class::NextYear])
            || is_carried_out(self.report, after)
                && figure.names_before(at.start).iter().all(|word| word.weight() == 0);
        let name = if out {
            "结转下年度继续办理"
        } else if is_carried_in(self.report, before) && ends_plainly(&[Class::Carry]) {
            "上年结转"
        } else {
            return None;
        };
        let counts = "件份宗起项例条个数".contains(at.counter) && at.exact;
        let body = of_other_bodies(self.report, sentence, clause.start..at.start, at.start);
        let apart = sentence.has(clause.clone(), Class::Comparison)
            || !out && sentence.has(clause.clone(), Class::Part)
            || sentence.has(clause, Class::Matter);
        self.talk.subject = Some(Subject::Requests);
        self.talk.other_bodies |= body;
        if !counts
            || apart
            || self.talk.other_time
            || self.aside
            || self.talk.other_bodies
            || !self.is_part_of_known(figure)
        {
            return None;
        }
        let mut meanings = words().meaning(name, self.layout()).into_iter().collect();
        self.add_columns(figure, &mut meanings);
        self.of.clone_from(&meanings);
        Some(meanings)
    }

    /// Where 其中 stands before a figure, if the figure is in the list that it begins.
    fn among(&self, figure: &Figure<'_>) -> Option<usize> {
        let text = &self.sentence.text;
        let among = text[..figure.at.start].rfind("其中")?;
        Some(among).filter(|at| !closes_a_bracket(&text[*at..figure.at.start]))
    }

    /// Whether a figure is in a list of what was received, not of how it ended: 收到70件，其中重复申请5件.
    fn is_among_received(&self, figure: &Figure<'_>) -> bool {
        let Some(among) = self.among(figure) else { return false };
        let mut kinds = self.sentence.hits_in(0..among).filter_map(|hit| Word::of(hit)?.kind()).peekable();
        kinds.peek().is_some() && kinds.all(|kind| matches!(kind, Kind::Received | Kind::Applicant))
    }

    /// Whether a figure is none of a list after 其中, or that list is of something the tables have.
    fn is_part_of_known(&self, figure: &Figure<'_>) -> bool {
        let Some(among) = self.among(figure) else { return true };
        let whole = self.sentence.figures.iter().zip(&self.known).rfind(|(other, _)| other.end <= among);
        if whole.is_some_and(|(_, (_, fits))| *fits) {
            return true;
        }
        let value = whole.map(|(figure, _)| figure.value).or(self.talk.last.filter(|_| among == 0));
        value.is_some_and(|value| wholes(self.layout()).any(|of| of.is(value, self.report)))
    }
}

impl Figure<'_> {
    /// What a word gives where this is spoken of: 其他 is another thing of requests than of proceedings.
    fn word(&self, hit: &Hit) -> Option<Word> {
        let word = Word::of(hit)?;
        let subject = self.subject.unwrap_or(Subject::Requests);
        let fits = match word.kind() {
            None => true,
            Some(Kind::Ruling) => subject.is_proceedings(),
            Some(Kind::Document) => subject.is_documents(),
            Some(Kind::Decision) => subject.is_decisions(),
            Some(_) => subject.is_requests() || subject == Subject::Other,
        };
        fits.then_some(word)
    }

    fn text(&self, range: Range<usize>) -> &str {
        &self.sentence.text[range]
    }

    /// Whether nothing is here but what changes nothing.
    fn is_plain(&self, range: Range<usize>, more: &str) -> bool {
        let mut at = range.end;
        while at > range.start {
            match self.step_back(range.start, at, more) {
                Some(before) => at = before,
                None => return false,
            }
        }
        true
    }

    /// One word or character back from a place, over what changes nothing between a word and its figure.
    fn step_back(&self, from: usize, at: usize, more: &str) -> Option<usize> {
        let passes = |hit: &&Hit| {
            hit.end == at
                && matches!(hit.class, Class::Filler | Class::Subject(_))
                && hit.class != Class::Subject(Subject::Other)
        };
        if let Some(hit) = self.sentence.hits_in(from..at).rfind(passes) {
            return Some(hit.start);
        }
        let c = self.text(from..at).chars().next_back()?;
        (FILLERS.contains(c) || more.contains(c)).then(|| at - c.len_utf8())
    }

    /// The names of the figure: before it, behind it, or those that the clause before ends with: 以自然人为主，共3件.
    fn names(&self) -> Vec<Word> {
        let before = self.names_before(self.sentence.name_end(self.at));
        if !before.is_empty() {
            return before;
        }
        if let Some(word) = self.word_after() {
            return vec![word];
        }
        let is_alone = self.is_plain(self.clause.start..self.at.start, "");
        let Some(said) = self.text(0..self.clause.start).strip_suffix(['，', ',']).filter(|_| is_alone) else {
            return vec![];
        };
        let said = ["为主", "居多", "最多", "明显活跃"].iter().find_map(|end| said.strip_suffix(end)).unwrap_or(said);
        let above = Figure { clause: self.sentence.comma_before(said.len())..said.len(), ..*self };
        let has_figure = self.sentence.figures.iter().any(|figure| above.clause.contains(&figure.start));
        if has_figure { vec![] } else { above.names_before(said.len()) }
    }

    /// The names that a text ends with, joined by 、 or 和, but for what changes nothing.
    fn names_before(&self, end: usize) -> Vec<Word> {
        let from = self.clause.start;
        let mut names: Vec<Word> = Vec::new();
        let mut at = end;
        while let Some((word, start)) = self.word_before(from, at) {
            if names.last().is_some_and(|last| last.weight() != word.weight()) {
                break;
            }
            names.push(word);
            let joined = self.text(from..start).trim_end_matches(['、', '和', '及', '与', '或', '者', '以']);
            if joined.len() == start - from || word.weight() < 3 && !is_joined_alone(word) {
                break;
            }
            at = from + joined.len();
        }
        names.reverse();
        // 信息不存在、本机关不掌握: one row in two words.
        names.dedup();
        names
    }

    /// The names that figures follow one each: 自然人、商业企业分别, 规章、规范性文件现行有效件数分别.
    fn names_of_each(&self, end: usize) -> Vec<Word> {
        let names = self.names_before(end);
        let [Word::Measure(measure)] = names[..] else { return names };
        let Some(first) = self.sentence.hits_in(self.clause.start..end).find(|hit| Word::of(hit) == Some(names[0]))
        else {
            return names;
        };
        let mut subjects: Vec<(Subject, Range<usize>)> = Vec::new();
        for hit in self.sentence.hits_in(self.clause.start..first.start).rev() {
            let until = subjects.last().map_or(first.start, |(_, range)| range.start);
            let Class::Subject(subject) = hit.class else { break };
            if !self
                .text(hit.end..until)
                .chars()
                .all(|c| "、和及与".contains(c) || until == first.start && FILLERS.contains(c))
            {
                break;
            }
            subjects.push((subject, hit.start..hit.end));
        }
        if subjects.len() < 2 {
            return names;
        }
        subjects.into_iter().rev().map(|(subject, _)| Word::MeasureOf(subject, measure)).collect()
    }

    /// The word that says most before a place, up to what is not plain; and where it begins.
    fn word_before(&self, from: usize, end: usize) -> Option<(Word, usize)> {
        let mut best: Option<(Word, usize)> = None;
        let mut at = end;
        // A clause of some length says something else.
        for _ in 0..40 {
            let here = self.sentence.hits_in(from..at).rev().filter(|hit| hit.end == at);
            let words: Vec<(Word, usize)> = here.filter_map(|hit| Some((self.word(hit)?, hit.start))).collect();
            for (word, start) in &words {
                // 禁止公开, 属于本机关公开: another word that ends with it.
                let in_short = word.kind() == Some(Kind::OutcomeInShort);
                if in_short && !self.is_plain(from..*start, "、和及与或其中另有已均全经") {
                    return None;
                }
                if best.is_none_or(|(best, _)| best.weight() < word.weight()) {
                    best = Some((*word, *start));
                }
            }
            let measure = words.iter().map(|(_, start)| *start).min();
            // 信息不存在等无法提供: what is before is some of it.
            if measure.is_some_and(|start| self.text(from..start).ends_with('等')) {
                break;
            }
            match measure.or_else(|| self.step_back(from, at, "")) {
                Some(before) if before >= from && before < at => at = before,
                _ => break,
            }
        }
        best
    }

    /// The word that follows: 3件予以公开, 26件为自然人申请, 2件行政复议被纠正.
    fn word_after(&self) -> Option<Word> {
        let end = self.clause.end;
        let is_before_figure = self.sentence.figures.iter().any(|figure| figure.start == end);
        let is_listed = self.text(self.at.end..end).ends_with(['、', '和', '及', '与']);
        let mut best: Option<Word> = None;
        let mut at = self.at.end;
        loop {
            let here = self.sentence.hits_in(at..end).filter(|hit| hit.start == at);
            let word = here.clone().find_map(|hit| Some((self.word(hit).filter(|word| word.weight() > 0)?, hit.end)));
            if at == self.at.end && word.is_none() && self.is_before_requests() {
                return Some(Word::Own(Subject::Requests));
            }
            let filler = here.clone().find(|hit| matches!(hit.class, Class::Filler)).map(|hit| hit.end);
            at = match (word, filler) {
                (Some((word, until)), _) => {
                    // 3件予以公开5件: of the figure before or of the one behind.
                    if is_before_figure && !is_listed && self.text(until..end).chars().count() < 4 {
                        return None;
                    }
                    if best.is_none_or(|best| best.weight() < word.weight()) {
                        best = Some(word);
                    }
                    until
                }
                (None, Some(until)) if best.is_none() => until,
                _ => {
                    let c = self.text(at..end).chars().next().filter(|c| "的为是属于系作予以被均申请因".contains(*c));
                    match c {
                        Some(c) => at + c.len_utf8(),
                        None => return best,
                    }
                }
            };
        }
    }

    /// Whether nothing but a time is before the requests.
    fn begins_with_requests(&self) -> bool {
        let mut hits = self.sentence.hits_in(self.clause.start..self.at.start);
        let first = hits.find(|hit| hit.class == Class::Subject(Subject::Requests));
        first.is_some_and(|hit| self.is_plain(self.clause.start..hit.start, "0123456789年度全本共我局、"))
    }

    /// 2024年共有3件政府信息公开申请, and nothing about them in the clause.
    fn is_before_requests(&self) -> bool {
        let mut hits = self.sentence.hits_in(self.at.end..self.clause.end);
        let first = hits.find(|hit| hit.start == self.at.end && hit.class == Class::Subject(Subject::Requests));
        let before = self.clause.start..self.at.start;
        first.is_some_and(|hit| hit.end == self.clause.end || self.text(hit.end..self.clause.end).starts_with("通过各"))
            && self.is_plain(before, "0123456789年度全本共有我局、")
    }

    /// Whether a figure is of other decisions than those of table one: 不予行政处罚, 注销行政许可.
    fn is_of_other_decisions(&self) -> bool {
        self.sentence.says(&[List::OtherDecisions], self.clause.clone())
    }

    /// Whether nothing but a year is between the figure before and this one: 25件，2023年为18件.
    fn is_beside_year(&self, since: usize) -> bool {
        let said = self.text(since..self.at.start).trim_start_matches(COMMAS);
        let rest = said.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix('年');
        since > 0
            && rest.is_some_and(|rest| matches!(rest.trim_start_matches('度').trim_start_matches("同期"), "为" | "是"))
    }

    /// Whether a figure is of things that can be decided on, not of decisions.
    fn is_of_items(&self) -> bool {
        self.at.counter == '项' && contains_any(self.text(self.clause.clone()), &["事项", "新增", "总计"])
    }

    /// Whether proceedings are those about disclosure.
    fn is_about_disclosure(&self, before: bool) -> bool {
        let sentence = self.sentence;
        let says = contains_any(&sentence.text, &["信息公开", "依申请", "公开申请", "申请公开"])
            || contains_any(sentence.heading, &["依申请", "申请公开"]);
        let is_proceedings = |hit: &&Hit| matches!(hit.class, Class::Subject(subject) if subject.is_proceedings());
        let first = sentence.hits_in(self.clause.start..self.at.start).find(is_proceedings);
        let begins = first
            .is_some_and(|hit| self.text(self.clause.start..hit.start).chars().all(|c| "、和及与被无".contains(c)));
        let follows = &sentence.text[self.at.end..];
        let is_part_about_disclosure = follows.split_once("其中").is_some_and(|(_, part)| {
            contains_any(part.split(['，', ',', '；', '。']).next().unwrap_or(""), &["信息公开"])
        });
        let said = &sentence.text[..self.at.start];
        let of_other_matter = said.contains("非政府信息公开") || {
            let cause = said.rfind('因').map(|at| &said[at..]);
            cause.is_some_and(|cause| cause.contains('引') && !contains_any(cause, &["公开", "依申请"]))
        };
        (says || begins || before)
            && !of_other_matter
            && !sentence.has(self.clause.clone(), Class::Authority)
            && !is_part_about_disclosure
    }
}

/// Whether subjects are joined where they are said alone: 行政许可、行政处罚共3件.
fn is_joined_alone(word: Word) -> bool {
    matches!(word, Word::Own(subject) if subject.is_decisions())
}

/// What a list after 其中, or a percentage, can be of.
pub(super) fn wholes(layout: Layout) -> impl Iterator<Item = Sum> {
    let names = ["本年新收", "本年新收与上年结转之和", "办理结果总计", "办理结果总计减上年结转"];
    names.into_iter().filter_map(move |name| words().meaning(name, layout))
}

/// The cells of the first meaning of the words before a figure; `None` if there are none that are known.
pub(super) fn cells_before(report: &PublishedReport, sentence: &Sentence<'_>, at: &CountedNumber) -> Option<Vec<Cell>> {
    let figure = Figure { sentence, at, subject: None, clause: sentence.clause(at.start, at.end) };
    if sentence.has(figure.clause.start..at.start, Class::Comparison) {
        return None;
    }
    let each = figure.names_before(at.start).into_iter().map(|word| match word {
        Word::Measure(number) => words().meanings_of(number, Subject::Requests.rows(), report.layout()),
        Word::MeasureOf(subject, number) => words().meanings_of(number, subject.rows(), report.layout()),
        Word::Own(own) => words().own(own, own.rows(), report.layout()),
    });
    Sum::joined(each.collect()).into_iter().next().map(|meaning| meaning.plus)
}

/// The statement that a figure is one of these, and what the tables have for the first, if nothing is taken away there;
/// `None` where they cannot tell.
fn compared(
    report: &PublishedReport,
    sentence: &Sentence<'_>,
    figure: &CountedNumber,
    sums: &[Sum],
) -> Option<(Statement, Option<i64>)> {
    let known: Vec<_> = sums.iter().map(|sum| Some((sum, sum.value(report)?))).collect::<Option<_>>()?;
    let fits = known.iter().any(|(_, known)| known.complete && known.count == figure.value);
    // Blank cells could make up for the difference.
    if !fits && known.iter().any(|(_, known)| !known.complete && known.count <= figure.value) {
        return None;
    }
    let meanings = known.iter().map(|(sum, known)| sum.meaning(*known)).collect();
    let whole = known.first().filter(|(sum, known)| sum.minus.is_empty() && known.complete);
    let whole = whole.map(|(_, known)| known.count);
    Some((sentence.statement(Saying::Counts, sentence.printed(figure), meanings, fits), whole))
}

/// Whether a bracket closes that was not opened here.
fn closes_a_bracket(text: &str) -> bool {
    let mut depth = 0;
    text.chars().any(|c| {
        depth += i32::from("（(".contains(c)) - i32::from("）)".contains(c));
        depth < 0
    })
}

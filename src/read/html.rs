//! A web page: its charset, and its tree as a browser builds it, as lines and the cells of tables.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::mem;
use std::ops::Range;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Encoding, UTF_8};
use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, LocalName, Namespace, QualName, TokenizerResult, local_name, ns};

use super::limits::{Limits, ReadError};
use super::lines::{LineSource, Page, is_longer_than_a_label};
use super::seen::{PICTURE, raised, with_pictures_at_digits};
use crate::text::{contains_any, trimmed};

/// The text of a page, whatever charset it comes in.
pub(super) fn decode(input: &[u8]) -> Cow<'_, str> {
    let (marked, input) = match Encoding::for_bom(input) {
        Some((encoding, mark)) => (Some(encoding), &input[mark..]),
        None => (None, input),
    };
    // Servers declare gb2312 for pages in UTF-8; no text in GBK of the length of a page is valid UTF-8 by chance.
    if marked.is_none_or(|encoding| encoding == UTF_8)
        && let Ok(text) = std::str::from_utf8(input)
    {
        return Cow::Borrowed(text);
    }
    let encoding = marked.or_else(|| declared(input)).unwrap_or_else(|| {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(&input[..input.len().min(SAMPLE)], input.len() <= SAMPLE);
        // Without the domain, a short page in GBK passes for Thai or Cyrillic.
        detector.guess(Some(b"cn"), Utf8Detection::Deny)
    });
    // The room is what most pages need; the decoder's own guess is the worst case.
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let (mut rest, mut text) = (input, String::with_capacity(input.len() + input.len() / 16));
    loop {
        let (result, read, _) = decoder.decode_to_string(rest, &mut text, true);
        rest = &rest[read..];
        if result == CoderResult::InputEmpty {
            text.shrink_to_fit();
            return Cow::Owned(text);
        }
        text.reserve(64 + rest.len() / 2);
    }
}

/// As much of a page as its charset is guessed from: guessing takes four times as long as all the rest.
const SAMPLE: usize = 256 << 10;

/// The charset that a `<meta>` near the beginning declares. GBK and gb2312 decode as GB18030, their superset.
fn declared(input: &[u8]) -> Option<&'static Encoding> {
    let begin = String::from_utf8_lossy(&input[..input.len().min(4096)]).to_ascii_lowercase();
    begin.split("<meta").skip(1).find_map(|meta| {
        let (_, label) = meta.split('>').next()?.split_once("charset")?;
        let label = label.trim_start().strip_prefix('=')?.trim_start_matches([' ', '"', '\'']);
        let label = label.split(['"', '\'', ' ', ';', '/']).next()?;
        // A declaration that can be read as ASCII is not in UTF-16, whatever it says.
        Encoding::for_label(label.as_bytes()).map(Encoding::output_encoding)
    })
}

/// Reads a page: paragraphs are lines, tables are cells, and tables that only lay out the page are lines too.
///
/// # Errors
/// - [`ReadError::Empty`]: nothing but white space
/// - [`ReadError::TooDeep`], [`ReadError::TooManyCells`], [`ReadError::TooManyLines`]: past `limits`, or a page made to
///   be slow
pub(super) fn read(input: &[u8], limits: &Limits) -> Result<Page, ReadError> {
    let page = decode(input);
    if trimmed(&page).is_empty() {
        return Err(ReadError::Empty);
    }
    if u32::try_from(page.len()).is_err() {
        return Err(ReadError::TooLarge { found: page.len(), limit: u32::MAX as usize });
    }
    let tree = parse(&page, limits)?;
    drop(page);
    tree.page()
}

// ---- Parsing -------------------------------------------------------------------------------------

/// The most of a page that is fed at a time.
const PIECE: usize = 1024;

/// The most attributes of a tag: the tokenizer compares each with all before it.
const ATTRIBUTES: usize = 256;

/// What the tree builder may do for a page, in open elements that it looks through: at worst all of them for each tag,
/// and handling a tag or a text costs as much as some [`TOKEN`] of them. A report of 8 MiB needs some 4 million.
const STEPS: usize = 16 << 20;
const TOKEN: usize = 8;

fn parse(page: &str, limits: &Limits) -> Result<Tree, ReadError> {
    let builder = TreeBuilder::new(Sink(RefCell::new(Tree::new(limits))), TreeBuilderOpts::default());
    let filter =
        Filter { builder, silent: Cell::default(), between_tags: Cell::default(), formatting: RefCell::default() };
    let tokenizer = Tokenizer::new(filter, TokenizerOpts::default());
    let queue = BufferQueue::default();
    let feed = |piece: &str| {
        queue.push_back(StrTendril::from_slice(piece));
        // It pauses where a script would run.
        while tokenizer.feed(&queue) != TokenizerResult::Done {}
        tokenizer.sink.builder.sink.0.borrow_mut().refusal.take().map_or(Ok(()), Err)
    };
    let Filter { silent, between_tags, .. } = &tokenizer.sink;
    let (mut at, mut in_markup) = (0, false);
    while at < page.len() {
        silent.set(true);
        if page[at..].starts_with('<') {
            if between_tags.get()
                && let Some((tag, length)) = plain_tag(&page[at..])
            {
                // Where the content is markup, it is always to go on.
                let _ = tokenizer.sink.process_token(Token::TagToken(tag), 0);
                feed("")?;
                at += length;
            } else {
                between_tags.set(false);
                feed("<")?;
                at += 1;
            }
        } else {
            let mut end = page.len().min(at + PIECE);
            while !page.is_char_boundary(end) {
                end -= 1;
            }
            let piece = page[at..end].split('<').next().unwrap_or("");
            feed(piece)?;
            between_tags.set(between_tags.get() && is_handed_on(piece));
            // Nothing comes of it: what began with the `<` is longer than a piece.
            if silent.get() && !in_markup && page[..at].ends_with('<') {
                in_markup = true;
                if has_many_attributes(&page[at..]) {
                    return Err(ReadError::TooDeep { limit: limits.nesting });
                }
            }
            at += piece.len();
        }
        in_markup &= silent.get();
    }
    tokenizer.end();
    let mut tree = tokenizer.sink.builder.sink.0.into_inner();
    tree.refusal.take().map_or(Ok(tree), Err)
}

/// Whether the tokenizer has handed on all of a text, and waits for nothing that could follow a reference or a `\r`.
fn is_handed_on(text: &str) -> bool {
    let part = |c: char| c.is_ascii_alphanumeric() || c == '#' || c == ';';
    !text.trim_end_matches(part).ends_with('&') && !text.ends_with('\r')
}

/// The elements whose content the tokenizer does not take for markup.
const RAW: [&str; 10] =
    ["iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "textarea", "title", "xmp"];

/// The attributes that matter: of cells, and to the tree builder.
const KEPT: [&str; 5] = ["colspan", "encoding", "hidden", "rowspan", "type"];

/// A tag at the beginning of `markup`, with the attributes that matter, and its length, if it is as plain as most are:
/// `<p class="a" align=b>`. The tokenizer takes ten times as long for it.
fn plain_tag(markup: &str) -> Option<(Tag, usize)> {
    let space = |c: char| c.is_ascii_whitespace();
    let of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_');
    let local = |name: &str| {
        let upper = name.bytes().any(|byte| byte.is_ascii_uppercase());
        if upper { LocalName::from(name.to_ascii_lowercase()) } else { LocalName::from(name) }
    };
    let begin = markup.strip_prefix('<')?;
    let end_tag = begin.strip_prefix('/');
    let begin = end_tag.unwrap_or(begin);
    let mut rest = begin.trim_start_matches(of_name);
    let name = local(&begin[..begin.len() - rest.len()]);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || RAW.contains(&&*name) {
        return None;
    }
    let kind = if end_tag.is_some() { TagKind::EndTag } else { TagKind::StartTag };
    let mut attrs = Vec::new();
    loop {
        let attribute = rest.trim_start_matches(space);
        if let Some(rest) = attribute.strip_prefix('>') {
            let tag = Tag { kind, name, self_closing: false, attrs, had_duplicate_attributes: false };
            return Some((tag, markup.len() - rest.len()));
        }
        let after = attribute.trim_start_matches(of_name);
        let name = &attribute[..attribute.len() - after.len()];
        if name.is_empty() || attribute.len() == rest.len() {
            return None;
        }
        let value;
        (value, rest) = match after.strip_prefix('=') {
            None => ("", after),
            Some(after) => match after.strip_prefix('"') {
                Some(quoted) => quoted.split_once('"')?,
                None => after.split_at(after.len() - after.trim_start_matches(of_name).len()),
            },
        };
        let changes = || name.eq_ignore_ascii_case("style") && Shown::by_style(value) != Shown::Plain;
        if KEPT.iter().any(|kept| name.eq_ignore_ascii_case(kept)) || changes() {
            if value.contains('&') || attrs.len() > KEPT.len() {
                return None;
            }
            attrs.push(Attribute {
                name: QualName::new(None, ns!(), local(name)),
                value: StrTendril::from_slice(value),
            });
        }
    }
}

/// Whether `markup`, which follows a `<`, is a tag with more than [`ATTRIBUTES`]; it parts them as the tokenizer does.
fn has_many_attributes(markup: &str) -> bool {
    let space = |c: char| c.is_ascii_whitespace();
    let separator = |c: char| space(c) || c == '/';
    let tag = markup.strip_prefix('/').unwrap_or(markup);
    if !tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return false;
    }
    let mut rest = tag.trim_start_matches(|c| !separator(c) && c != '>');
    for _ in 0..=ATTRIBUTES {
        rest = rest.trim_start_matches(separator);
        // A name may begin with a `=`.
        let mut name = rest.chars();
        if matches!(name.next(), None | Some('>')) {
            return false;
        }
        rest = name.as_str().trim_start_matches(|c| !separator(c) && c != '>' && c != '=');
        if let Some(value) = rest.trim_start_matches(space).strip_prefix('=') {
            let value = value.trim_start_matches(space);
            rest = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).map_or("", |(_, rest)| rest),
                _ => value.trim_start_matches(|c| !space(c) && c != '>'),
            };
        }
    }
    true
}

/// Hands on to the tree builder what matters.
struct Filter {
    builder: TreeBuilder<u32, Sink>,
    /// Whether nothing has come since this was set.
    silent: Cell<bool>,
    /// Whether the tag that came last is over, and what follows it up to a `<` is text.
    between_tags: Cell<bool>,
    /// The formatting that is open since some that changes what is seen, and the element that stands for it if it does so.
    formatting: RefCell<Vec<(LocalName, Option<LocalName>)>>,
}

/// As much formatting is followed as pages nest.
const FORMATTING_DEPTH: usize = 64;

impl Filter {
    /// The tag of formatting that changes what is seen, as one of an element that the builder does not open again.
    fn seen_otherwise(&self, tag: &Tag) -> Option<Tag> {
        let mut open = self.formatting.borrow_mut();
        let name = match tag.kind {
            TagKind::StartTag => {
                let stands = match Shown::of(&tag.name, &tag.attrs) {
                    Shown::Plain => None,
                    Shown::Raised => Some(LocalName::from("sup")),
                    Shown::Veiled | Shown::Removed => Some(LocalName::from("del")),
                };
                if (stands.is_some() || !open.is_empty()) && open.len() < FORMATTING_DEPTH {
                    open.push((tag.name.clone(), stands.clone()));
                }
                stands?
            }
            TagKind::EndTag => {
                let at = open.iter().rposition(|(name, _)| *name == tag.name)?;
                open.remove(at).1?
            }
        };
        Some(Tag { name, attrs: Vec::new(), ..tag.clone() })
    }
}

impl TokenSink for Filter {
    type Handle = u32;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<u32> {
        match &token {
            // It can come amid a tag.
            Token::ParseError(_) => return TokenSinkResult::Continue,
            Token::CommentToken(_) => {}
            // The builder opens formatting again in every paragraph until it is closed, in a time and a memory that grow
            // with the square of the page. It neither parts lines nor makes tables.
            Token::TagToken(tag) if FORMATTING.contains(&&*tag.name) => {
                self.between_tags.set(true);
                if let Some(tag) = self.seen_otherwise(tag) {
                    self.silent.set(false);
                    self.builder.sink.0.borrow_mut().step();
                    return self.builder.process_token(Token::TagToken(tag), line);
                }
            }
            _ => {
                self.silent.set(false);
                self.builder.sink.0.borrow_mut().step();
                let is_tag = matches!(token, Token::TagToken(_));
                let result = self.builder.process_token(token, line);
                // In a <script> or a <title> a `<` can be text.
                let is_text = matches!(result, TokenSinkResult::RawData(_) | TokenSinkResult::Plaintext);
                self.between_tags.set(if is_tag { !is_text } else { self.between_tags.get() });
                return result;
            }
        }
        self.silent.set(false);
        TokenSinkResult::Continue
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// The formatting elements of the HTML standard, and `span` and `o:p`, of which pages from Word are full.
const FORMATTING: [&str; 16] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "o:p", "s", "small", "span", "strike", "strong", "tt", "u"];

// ---- The tree ------------------------------------------------------------------------------------

/// The nodes of a page. Node 0 is the document; nobody's child and nobody's sibling, so that 0 also says: none.
#[derive(Default)]
struct Tree {
    nodes: Vec<TreeNode>,
    text: String,
    limits: Limits,
    cells: usize,
    /// The depth at which a node was inserted last.
    depth: usize,
    steps: usize,
    refusal: Option<ReadError>,
}

struct TreeNode {
    name: Name,
    kind: NodeKind,
    shown: Shown,
    depth: u32,
    parent: u32,
    previous: u32,
    next: u32,
    first: u32,
    last: u32,
}

/// How a person sees what is in an element.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Plain,
    /// As a mark above or below the line.
    Raised,
    /// Not, or struck out; its place stays.
    Veiled,
    /// Not at all.
    Removed,
}

impl Shown {
    fn of(name: &str, attributes: &[Attribute]) -> Shown {
        match name {
            "s" | "strike" | "del" => return Shown::Veiled,
            "sub" | "sup" => return Shown::Raised,
            _ => {}
        }
        let of_attribute = |attribute: &Attribute| match &*attribute.name.local {
            "hidden" => Shown::Removed,
            "style" if is_out_of_sight(name, &attribute.value) => Shown::Veiled,
            "style" => Shown::by_style(&attribute.value),
            _ => Shown::Plain,
        };
        attributes.iter().map(of_attribute).find(|shown| *shown != Shown::Plain).unwrap_or(Shown::Plain)
    }

    /// By the declarations of a `style`; style sheets are not read.
    fn by_style(style: &str) -> Shown {
        // Most of them have none of these.
        if !style.bytes().any(|byte| matches!(byte | 0x20, b'y' | b'z' | b'-')) {
            return Shown::Plain;
        }
        let of = |declaration: &str| {
            let (name, value) = declaration.split_once(':')?;
            let is = |of: &str| name.trim_ascii().eq_ignore_ascii_case(of);
            let value = value.trim_ascii();
            let begins = |with: &str| value.get(..with.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(with));
            let is_zero = || value.trim_end_matches(|c: char| !c.is_ascii_digit()).trim_matches(['0', '.']).is_empty();
            if is("display") && begins("none") {
                Some(Shown::Removed)
            } else if is("visibility") && (begins("hidden") || begins("collapse"))
                || (is("text-decoration") || is("text-decoration-line")) && value.contains("line-through")
                || (is("font-size") || is("opacity")) && value.starts_with(['0', '.']) && is_zero()
                || is("mso-hide") && begins("all")
            {
                Some(Shown::Veiled)
            } else if is("vertical-align") && (begins("super") || begins("sub")) {
                Some(Shown::Raised)
            } else {
                None
            }
        };
        style.split(';').find_map(of).unwrap_or(Shown::Plain)
    }
}

/// Whether the declarations of an element's `style` put its text where nobody sees it, though it is there: outside of the
/// page, in a box of no size, transparent, cut away.
fn is_out_of_sight(name: &str, style: &str) -> bool {
    if !contains_any(style, &["transparent", "clip", "scale", "overflow", "-9", "-1"]) {
        return false;
    }
    // Of several the last holds.
    let value = |of: &str| {
        let declarations = style.rsplit(';').filter_map(|declaration| declaration.split_once(':'));
        let mut named = declarations.filter(|(name, _)| name.trim_ascii().eq_ignore_ascii_case(of));
        named.next().map_or("", |(_, value)| value.trim_ascii())
    };
    let is_far = |of: &str| {
        let digits = value(of).strip_prefix('-').unwrap_or("");
        digits.bytes().take_while(u8::is_ascii_digit).count() >= 4
    };
    let is_nothing = |of: &str| matches!(value(of), "0" | "0px" | "0pt" | "1px");
    let is_cut = |of: &str| {
        let corners = value(of).strip_prefix("rect(").and_then(|corners| corners.strip_suffix(')'));
        corners.is_some_and(|corners| corners.split([',', ' ']).all(|at| matches!(at, "" | "0" | "0px" | "1px")))
    };
    let position = value("position");
    let is_placed = matches!(position, "absolute" | "fixed");
    let is_inline = matches!(name, "span" | "font" | "b" | "i" | "u" | "em" | "strong" | "a" | "small" | "big" | "ins");
    // Sizes and turns mean nothing to a word of a line; a cell is as large as its text.
    let is_box = is_placed || !value("float").is_empty() || value("display").contains("block") || !is_inline;
    let is_cell = matches!(name, "td" | "th" | "tr" | "table" | "tbody" | "thead" | "tfoot");
    value("color") == "transparent"
        || is_placed && is_cut("clip")
        || matches!(value("clip-path"), "inset(50%)" | "inset(100%)")
        || is_box && value("transform") == "scale(0)"
        || !position.is_empty() && (is_far("left") || is_far("top"))
        || is_box && is_far("text-indent")
        || is_far("margin-left")
        || is_box && !is_cell && value("overflow") == "hidden" && (is_nothing("width") || is_nothing("height"))
}

/// What matters of a node.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NodeKind {
    /// From where to where in the text of the tree.
    Text(u32, u32),
    /// An element that does not show what is in it.
    Skipped,
    /// What is seen is no text.
    Picture,
    Inline,
    Block,
    /// A block whose line breaks are real.
    Preformatted,
    Table,
    Group,
    Row,
    /// How many columns and rows it spans; 0 rows are all that its group has left.
    Cell(u16, u16),
}

impl NodeKind {
    fn of(name: &QualName, attributes: &[Attribute]) -> NodeKind {
        let span = |name| number(&attributes.iter().find(|attribute| attribute.name.local == name)?.value);
        match &*name.local {
            "script" | "style" | "template" | "noscript" | "head" | "title" | "textarea" | "select" | "option"
            | "optgroup" | "datalist" | "iframe" | "noembed" | "noframes" | "audio" | "video" | "meter"
            | "progress" => NodeKind::Skipped,
            // The reading of a character: 項(xiàng).
            "rt" | "rp" => NodeKind::Skipped,
            "canvas" | "embed" | "img" | "object" => NodeKind::Picture,
            _ if name.ns != ns!(html) => NodeKind::Inline,
            "address" | "article" | "aside" | "blockquote" | "body" | "br" | "caption" | "center" | "dd"
            | "details" | "dialog" | "dir" | "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure" | "footer"
            | "form" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "header" | "hgroup" | "hr" | "html" | "legend"
            | "li" | "main" | "menu" | "nav" | "ol" | "p" | "search" | "section" | "summary" | "ul" => NodeKind::Block,
            "listing" | "plaintext" | "pre" | "xmp" => NodeKind::Preformatted,
            "table" => NodeKind::Table,
            "tbody" | "tfoot" | "thead" => NodeKind::Group,
            "tr" => NodeKind::Row,
            "td" | "th" => NodeKind::Cell(
                span(local_name!("colspan")).unwrap_or(1).clamp(1, 1000),
                span(local_name!("rowspan")).unwrap_or(1),
            ),
            _ => NodeKind::Inline,
        }
    }

    fn ends_line(self) -> bool {
        !matches!(self, NodeKind::Text(..) | NodeKind::Skipped | NodeKind::Picture | NodeKind::Inline)
    }
}

/// `" 2"` and `"2px"` are 2, as in a browser.
fn number(value: &str) -> Option<u16> {
    let value = value.trim_ascii_start();
    let value = value.strip_prefix('+').unwrap_or(value);
    let digits = &value[..value.bytes().take_while(u8::is_ascii_digit).count()];
    (!digits.is_empty()).then(|| digits.parse().unwrap_or(u16::MAX))
}

#[derive(Clone, Debug)]
struct Name {
    ns: Namespace,
    local: LocalName,
}

/// The name of what is no element.
const NAMELESS: Name = Name { ns: ns!(), local: local_name!("") };

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.local
    }
}

impl Tree {
    fn new(limits: &Limits) -> Tree {
        let mut tree = Tree { limits: limits.clone(), ..Tree::default() };
        tree.add(NAMELESS, NodeKind::Block, Shown::Plain);
        tree
    }

    /// Counts what the tree builder does for a tag or a text.
    fn step(&mut self) {
        self.steps += TOKEN + self.depth;
        if self.steps > STEPS {
            self.refusal = Some(ReadError::TooDeep { limit: self.limits.nesting });
        }
    }

    fn add(&mut self, name: Name, kind: NodeKind, shown: Shown) -> u32 {
        self.cells += usize::from(matches!(kind, NodeKind::Cell(..)));
        if self.cells > self.limits.cells {
            self.refusal = Some(ReadError::TooManyCells { limit: self.limits.cells });
        }
        // A line or a cell has its text, and there are the rows.
        if self.nodes.len() / 2 > self.limits.lines.saturating_add(self.limits.cells) {
            self.refusal = Some(ReadError::TooManyLines { limit: self.limits.lines });
        }
        // Doubling, with the old and the new held at a time, would take as much as the page thrice.
        if self.nodes.len() == self.nodes.capacity() {
            self.nodes.reserve_exact(self.nodes.len() / 4 + 64);
        }
        self.nodes.push(TreeNode { name, kind, shown, depth: 0, parent: 0, previous: 0, next: 0, first: 0, last: 0 });
        // A page has fewer nodes than bytes.
        self.nodes.len() as u32 - 1
    }

    fn node(&mut self, id: u32) -> &mut TreeNode {
        &mut self.nodes[id as usize]
    }

    /// Inserts before a child of `parent`, or after all of them.
    fn insert(&mut self, parent: u32, before: u32, new: NodeOrText<u32>) {
        match new {
            NodeOrText::AppendNode(id) => {
                self.remove(id);
                let depth = self.node(parent).depth + 1;
                self.node(id).depth = depth;
                self.depth = depth as usize;
                if self.depth > self.limits.nesting {
                    self.refusal = Some(ReadError::TooDeep { limit: self.limits.nesting });
                }
                self.link(parent, before, id);
            }
            NodeOrText::AppendText(text) => self.insert_text(parent, before, &text),
        }
    }

    fn insert_text(&mut self, parent: u32, before: u32, text: &str) {
        let previous = self.previous(parent, before);
        let beside = self.node(if previous == 0 { parent } else { previous }).kind;
        // White space at the begin of a line is most of the texts of a page.
        if self.node(parent).kind == NodeKind::Skipped || beside.ends_line() && text.trim_ascii().is_empty() {
            return;
        }
        let begin = self.text.len() as u32;
        self.text.push_str(text);
        let end = self.text.len() as u32;
        match &mut self.node(previous).kind {
            NodeKind::Text(_, last) if *last == begin => *last = end,
            _ => {
                let id = self.add(NAMELESS, NodeKind::Text(begin, end), Shown::Plain);
                self.link(parent, before, id);
            }
        }
    }

    fn previous(&mut self, parent: u32, before: u32) -> u32 {
        if before == 0 { self.node(parent).last } else { self.node(before).previous }
    }

    fn link(&mut self, parent: u32, before: u32, id: u32) {
        let previous = self.previous(parent, before);
        let node = self.node(id);
        (node.parent, node.previous, node.next) = (parent, previous, before);
        *(if previous == 0 { &mut self.node(parent).first } else { &mut self.node(previous).next }) = id;
        *(if before == 0 { &mut self.node(parent).last } else { &mut self.node(before).previous }) = id;
    }

    fn remove(&mut self, id: u32) {
        let TreeNode { parent, previous, next, .. } = *self.node(id);
        if parent == 0 {
            // Without a parent; the builder leaves the root where it is.
            return;
        }
        *(if previous == 0 { &mut self.node(parent).first } else { &mut self.node(previous).next }) = next;
        *(if next == 0 { &mut self.node(parent).last } else { &mut self.node(next).previous }) = previous;
        self.node(id).parent = 0;
    }

    /// Walks the tree in reading order; a page as deep as the limit allows must not exhaust the stack.
    fn page(&self) -> Result<Page, ReadError> {
        let mut writer = Writer { limit: self.limits.lines, ..Writer::default() };
        let mut id = 0;
        loop {
            let node = &self.nodes[id];
            match node.kind {
                NodeKind::Text(begin, end) => writer.text(&self.text[begin as usize..end as usize])?,
                NodeKind::Picture => writer.picture(),
                kind if kind.ends_line() => writer.enter(kind)?,
                _ => {}
            }
            writer.count(node.shown, 1);
            if node.first != 0 && node.kind != NodeKind::Skipped {
                id = node.first as usize;
                continue;
            }
            loop {
                let node = &self.nodes[id];
                writer.count(node.shown, -1);
                if node.kind.ends_line() {
                    writer.leave(node.kind)?;
                }
                if id == 0 {
                    return Ok(writer.page);
                }
                if node.next != 0 {
                    id = node.next as usize;
                    break;
                }
                id = node.parent as usize;
            }
        }
    }
}

/// The tree while the tree builder works on it.
struct Sink(RefCell<Tree>);

impl TreeSink for Sink {
    type Handle = u32;
    type Output = ();
    type ElemName<'a> = Name;

    fn finish(self) {}

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> u32 {
        0
    }

    fn elem_name(&self, target: &u32) -> Name {
        self.0.borrow().nodes[*target as usize].name.clone()
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> u32 {
        let shown = Shown::of(&name.local, &attributes);
        let kind = if shown == Shown::Removed { NodeKind::Skipped } else { NodeKind::of(&name, &attributes) };
        self.0.borrow_mut().add(Name { ns: name.ns, local: name.local }, kind, shown)
    }

    fn create_comment(&self, _: StrTendril) -> u32 {
        self.0.borrow_mut().add(NAMELESS, NodeKind::Skipped, Shown::Plain)
    }

    fn create_pi(&self, _: StrTendril, data: StrTendril) -> u32 {
        self.create_comment(data)
    }

    fn append(&self, parent: &u32, child: NodeOrText<u32>) {
        self.0.borrow_mut().insert(*parent, 0, child);
    }

    fn append_before_sibling(&self, sibling: &u32, new: NodeOrText<u32>) {
        let parent = self.0.borrow_mut().node(*sibling).parent;
        self.0.borrow_mut().insert(parent, *sibling, new);
    }

    fn append_based_on_parent_node(&self, element: &u32, previous: &u32, child: NodeOrText<u32>) {
        if self.0.borrow_mut().node(*element).parent == 0 {
            self.append(previous, child);
        } else {
            self.append_before_sibling(element, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &u32) -> u32 {
        *target
    }

    fn same_node(&self, one: &u32, other: &u32) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn add_attrs_if_missing(&self, _: &u32, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &u32) {
        self.0.borrow_mut().remove(*target);
    }

    fn reparent_children(&self, node: &u32, new_parent: &u32) {
        let mut tree = self.0.borrow_mut();
        while let child @ 1.. = tree.node(*node).first {
            tree.insert(*new_parent, 0, NodeOrText::AppendNode(child));
        }
    }
}

// ---- Writing -------------------------------------------------------------------------------------

/// Writes the page on a walk through the tree.
#[derive(Default)]
struct Writer {
    page: Page,
    lines: usize,
    /// The most lines.
    limit: usize,
    /// How many tables have cells so far.
    tables: u32,
    /// The table that the walk is in, and those around it.
    table: Table,
    around: Vec<Table>,
    /// The text since the last line break.
    paragraph: String,
    /// The paragraphs of the cell that is gathered.
    cell: String,
    /// How many preformatted blocks are around the walk, how many elements that are not seen, and how many raised ones.
    preformatted: u32,
    veils: i32,
    raised: i32,
}

/// A table that the walk is in.
#[derive(Default)]
struct Table {
    /// 0 until it has a cell.
    number: u32,
    row: u32,
    /// The first column, from 0, after the cells of the row so far.
    column: u32,
    /// Spans from earlier rows, by their first column.
    hanging: Vec<Hanging>,
    /// Where the cell that is gathered is, and its span. A cell that lays out the page is not gathered.
    cell: Option<(u32, u32)>,
}

/// A cell that reaches down into rows after its own.
struct Hanging {
    columns: Range<u32>,
    /// The first row that it does not reach.
    until: u32,
}

/// The most cells that reach down at a time: far more than the form has columns.
const HANGING: usize = 1000;

impl Table {
    fn begin_row(&mut self) {
        self.row += 1;
        self.column = 0;
        self.hanging.retain(|hanging| hanging.until > self.row);
    }

    fn begin_cell(&mut self, colspan: u32, rowspan: u32) {
        let mut column = self.column;
        for hanging in &self.hanging {
            if hanging.columns.start > column {
                break;
            }
            column = column.max(hanging.columns.end);
        }
        self.column = column.saturating_add(colspan);
        self.cell = Some((column.saturating_add(1), colspan));
        if rowspan != 1 && self.hanging.len() < HANGING {
            let until = if rowspan == 0 { u32::MAX } else { self.row + rowspan };
            let at = self.hanging.partition_point(|hanging| hanging.columns.start <= column);
            self.hanging.insert(at, Hanging { columns: column..self.column, until });
        }
    }
}

impl Writer {
    fn enter(&mut self, kind: NodeKind) -> Result<(), ReadError> {
        self.end_paragraph()?;
        match kind {
            NodeKind::Preformatted => self.preformatted += 1,
            NodeKind::Table => {
                self.flow_cell()?;
                self.around.push(mem::take(&mut self.table));
            }
            NodeKind::Row => self.table.begin_row(),
            NodeKind::Cell(colspan, rowspan) => self.table.begin_cell(colspan.into(), rowspan.into()),
            _ => {}
        }
        Ok(())
    }

    fn leave(&mut self, kind: NodeKind) -> Result<(), ReadError> {
        self.end_paragraph()?;
        match kind {
            NodeKind::Preformatted => self.preformatted -= 1,
            NodeKind::Table => self.table = self.around.pop().unwrap_or_default(),
            // No cell reaches down out of its group.
            NodeKind::Group => self.table.hanging.clear(),
            NodeKind::Cell(..) if lays_out_the_page(&self.cell) => self.flow_cell()?,
            NodeKind::Cell(..) => self.end_cell(),
            _ => {}
        }
        Ok(())
    }

    /// Enters or leaves an element.
    fn count(&mut self, shown: Shown, by: i32) {
        match shown {
            Shown::Veiled => self.veils += by,
            Shown::Raised => self.raised += by,
            Shown::Plain | Shown::Removed => {}
        }
    }

    fn picture(&mut self) {
        if self.veils == 0 {
            self.paragraph.push(PICTURE);
        }
    }

    /// White space is one space, and none at all between `<font>1</font><font>2</font>`.
    fn text(&mut self, text: &str) -> Result<(), ReadError> {
        if self.veils > 0 {
            return Ok(());
        }
        let raised = (self.raised > 0).then(|| text.chars().map(raised).collect::<String>());
        let text = raised.as_deref().unwrap_or(text);
        if self.preformatted > 0 {
            for (index, line) in text.split('\n').enumerate() {
                if index > 0 {
                    self.end_paragraph()?;
                }
                self.paragraph.push_str(line);
            }
            return Ok(());
        }
        for (index, word) in text.split(|c: char| c.is_ascii_whitespace()).enumerate() {
            if index > 0 && !self.paragraph.is_empty() && !self.paragraph.ends_with(' ') {
                self.paragraph.push(' ');
            }
            self.paragraph.push_str(word);
        }
        Ok(())
    }

    fn end_paragraph(&mut self) -> Result<(), ReadError> {
        let paragraph = with_pictures_at_digits(mem::take(&mut self.paragraph));
        let text = trimmed(&paragraph);
        if text.is_empty() {
            return Ok(());
        }
        if self.table.cell.is_none() {
            return self.line(text);
        }
        if !self.cell.is_empty() {
            self.cell.push('\n');
        }
        self.cell.push_str(text);
        Ok(())
    }

    fn line(&mut self, text: &str) -> Result<(), ReadError> {
        if self.lines == self.limit {
            return Err(ReadError::TooManyLines { limit: self.limit });
        }
        self.lines += 1;
        self.page.line(self.lines as u32, text);
        Ok(())
    }

    fn end_cell(&mut self) {
        let Some((column, span)) = self.table.cell.take() else { return };
        if self.table.number == 0 {
            self.tables += 1;
            self.table.number = self.tables;
        }
        let origin = LineSource::Cell { table: self.table.number, row: self.table.row, column };
        self.page.cell(origin, span, &self.cell);
        self.cell.clear();
    }

    /// The cell lays out the page: its paragraphs are lines.
    fn flow_cell(&mut self) -> Result<(), ReadError> {
        self.table.cell = None;
        let cell = mem::take(&mut self.cell);
        cell.lines().try_for_each(|paragraph| self.line(paragraph))
    }
}

/// Whether a cell holds a part of the report, rather than a label or a figure of its tables.
fn lays_out_the_page(cell: &str) -> bool {
    is_longer_than_a_label(cell)
        || cell.lines().count() > 3 && contains_any(cell, &["总体情况", "主动公开政府信息情况", "存在的主要问题"])
}

#[cfg(test)]
#[path = "../../tests/unit/html.rs"]
mod tests;

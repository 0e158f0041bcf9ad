//! The parts of a Word document in their ZIP archive.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::DocxError;
use super::xml::{Element, Visit, Visitor, walk};

/// An open archive.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Of the part whose relations were asked for last: its name, kind and target of each relation.
    relations: (String, Vec<(String, String)>),
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, DocxError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| DocxError::Archive { reason: crate::archive::told(&e) })?;
        Ok(Package { archive, relations: (String::new(), Vec::new()) })
    }

    /// The name of the part that holds the document.
    pub(super) fn document(&mut self) -> Result<String, DocxError> {
        self.read_relations("");
        let named = self.relations.1.iter().find(|(kind, _)| kind == "officeDocument").map(|(_, target)| target.clone());
        let candidates = named.into_iter().chain(["word/document.xml".to_owned()]);
        let found = candidates.into_iter().find(|name| self.archive.index_for_name(name).is_some());
        found.ok_or(DocxError::NoDocument)
    }

    /// The part to which `part` has a relation of this kind (`styles`, `numbering`, …).
    pub(super) fn related(&mut self, part: &str, kind: &str) -> Option<String> {
        if self.relations.0 != part {
            self.read_relations(part);
        }
        let target = self.relations.1.iter().find(|(k, _)| k == kind).map(|(_, target)| target.clone())?;
        self.archive.index_for_name(&target).map(|_| target)
    }

    /// Relations that cannot be read are as good as none: the document itself tells what is wrong with the file.
    fn read_relations(&mut self, part: &str) {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let relations = match folder {
            "" => format!("_rels/{name}.rels"),
            folder => format!("{folder}/_rels/{name}.rels"),
        };
        let mut found = Relations { folder, found: Vec::new() };
        let _ = self.walk(&relations, &mut found);
        self.relations = (part.to_owned(), found.found);
    }

    /// Walks through a part.
    pub(super) fn walk(&mut self, part: &str, visitor: &mut impl Visitor) -> Result<(), DocxError> {
        let content = self.part(part)?;
        walk(part, content, visitor)
    }

    fn part(&mut self, part: &str) -> Result<impl Read + '_, DocxError> {
        self.archive.by_name(part).map_err(|error| match error {
            ZipError::FileNotFound => DocxError::NoDocument,
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => DocxError::Encrypted { part: part.to_owned() },
            error => DocxError::Archive { reason: error.to_string() },
        })
    }
}

struct Relations<'a> {
    /// Where the part stands to which the targets are relative.
    folder: &'a str,
    found: Vec<(String, String)>,
}

impl Visitor for Relations<'_> {
    fn start(&mut self, element: &Element) -> Visit {
        let internal = element.attribute("TargetMode").is_none_or(|mode| mode != "External");
        if element.name() == "Relationship"
            && internal
            && let (Some(kind), Some(target)) = (element.attribute("Type"), element.attribute("Target"))
        {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            let target = match target.strip_prefix('/') {
                Some(absolute) => absolute.to_owned(),
                None if self.folder.is_empty() => target,
                None => format!("{}/{target}", self.folder),
            };
            self.found.push((kind, target));
        }
        Visit::Inside
    }

    fn text(&mut self, _: &str) -> bool {
        true
    }

    fn end(&mut self) {}
}

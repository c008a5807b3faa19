//! The files of an archive, zip or tar, as they come.

use std::io::{self, Read, Seek};

use super::input::{At, Failed, Input, Reason, input, whole};

/// The files of a zip archive, in its order; folders and links are left out. Of two with one name it has the last.
///
/// ```no_run
/// use std::fs::File;
/// use ogi_report::{read::Reader, stream::Zip};
/// for input in Zip::new(File::open("2024.zip")?)? {
///     println!("{} findings", input?.page(&Reader::new())?.check().findings.len());
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Zip<R> {
    archive: zip::ZipArchive<R>,
    next: usize,
}

impl<R: Read + Seek> Zip<R> {
    /// The archive that is read here.
    ///
    /// # Errors
    /// If it is no zip archive, or is cut short.
    pub fn new(from: R) -> io::Result<Zip<R>> {
        Ok(Zip { archive: zip::ZipArchive::new(from)?, next: 0 })
    }
}

impl<R: Read + Seek> Iterator for Zip<R> {
    type Item = Result<Input, Failed>;

    fn next(&mut self) -> Option<Result<Input, Failed>> {
        while self.next < self.archive.len() {
            let number = self.next;
            self.next += 1;
            let listed = self.archive.name_for_index(number).and_then(|name| Some(name.ok()?.into_owned()));
            match self.archive.by_index(number) {
                // A link has the path of another file in it.
                Ok(file) if file.is_dir() || file.is_symlink() => {}
                Ok(file) => {
                    let at = At::Named(String::from_utf8_lossy(file.name_raw()).into_owned());
                    return Some(input(at, whole(file)));
                }
                Err(error) => {
                    let at = At::Named(listed.unwrap_or_else(|| format!("#{}", number + 1)));
                    return Some(Err(Failed { at, reason: Reason::Io(error.into()) }));
                }
            }
        }
        None
    }
}

/// A tar archive; one that is packed is unpacked by whoever hands it over.
///
/// ```no_run
/// use std::fs::File;
/// use ogi_report::{read::Reader, stream::Tar};
/// let mut archive = Tar::new(File::open("2024.tar")?);
/// for input in archive.files()? {
///     println!("{} findings", input?.page(&Reader::new())?.check().findings.len());
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Tar<R: Read>(tar::Archive<R>);

/// How long the name of a member can be.
const MOST_OF_A_NAME: u64 = 1 << 16;

impl<R: Read> Tar<R> {
    /// The archive that is read here.
    pub fn new(from: R) -> Tar<R> {
        Tar(tar::Archive::new(from))
    }

    /// Its files, in its order; folders and links are left out. Where it is broken it ends, after an error.
    ///
    /// # Errors
    /// If it was read before.
    pub fn files(&mut self) -> io::Result<impl Iterator<Item = Result<Input, Failed>> + '_> {
        // As it is: the names of members are read here, so that none is longer than a name can be.
        let (mut entries, mut name) = (self.0.entries()?.raw(true), None);
        let mut ended = false;
        Ok(std::iter::from_fn(move || {
            while !ended {
                let entry = match entries.next()? {
                    Ok(entry) => entry,
                    Err(error) => {
                        ended = true;
                        let at = name.take().unwrap_or_else(|| At::Named("tar".to_owned()));
                        return Some(Err(Failed { at, reason: Reason::Io(error) }));
                    }
                };
                match member(entry, &mut name) {
                    Ok(None) => {}
                    Ok(Some(input)) => return Some(Ok(input)),
                    Err(failed) => {
                        ended = matches!(failed.reason, Reason::Io(_));
                        return Some(Err(failed));
                    }
                }
            }
            None
        }))
    }
}

/// The file that a member is; of one that only names the next, its name is kept.
fn member<R: Read>(mut entry: tar::Entry<'_, R>, name: &mut Option<At>) -> Result<Option<Input>, Failed> {
    let kind = entry.header().entry_type();
    if kind.is_gnu_longname() || kind.is_pax_local_extensions() {
        let mut bytes = Vec::new();
        let read = (&mut entry).take(MOST_OF_A_NAME).read_to_end(&mut bytes);
        let at = || At::Named(String::from_utf8_lossy(&entry.path_bytes()).into_owned());
        read.map_err(|error| Failed { at: at(), reason: Reason::Io(error) })?;
        let stated = if kind.is_gnu_longname() { Some(&bytes[..]) } else { path_of_pax(&bytes) };
        if let Some(stated) = stated {
            let end = stated.iter().position(|byte| *byte == 0).unwrap_or(stated.len());
            *name = Some(At::Named(String::from_utf8_lossy(&stated[..end]).into_owned()));
        }
        return Ok(None);
    }
    let own = || At::Named(String::from_utf8_lossy(&entry.path_bytes()).into_owned());
    let at = name.take().unwrap_or_else(own);
    if !(kind.is_file() || kind.is_contiguous()) {
        return Ok(None);
    }
    let size = entry.size();
    let read = whole(entry).and_then(|bytes| match bytes.len() as u64 {
        length if length < size => Err(Reason::Io(io::ErrorKind::UnexpectedEof.into())),
        _ => Ok(bytes),
    });
    input(at, read).map(Some)
}

/// The path that a header of the form `24 path=2024/page.html` states.
fn path_of_pax(header: &[u8]) -> Option<&[u8]> {
    let mut lines = header.split(|byte| *byte == b'\n');
    lines.find_map(|line| line.splitn(2, |byte| *byte == b' ').nth(1)?.strip_prefix(b"path="))
}

impl<R: Read> std::fmt::Debug for Tar<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tar").finish_non_exhaustive()
    }
}

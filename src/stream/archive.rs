//! The files of an archive, zip or tar, as they come.

use std::io::{self, Read, Seek};

use super::input::{At, Failed, Input, Reason, input, whole};

/// The files of a zip archive, in its order.
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
            match self.archive.by_index(number) {
                Ok(file) if file.is_dir() => {}
                Ok(file) => {
                    let at = At::Named(String::from_utf8_lossy(file.name_raw()).into_owned());
                    return Some(input(at, whole(file)));
                }
                Err(error) => {
                    let at = At::Named(format!("#{}", number + 1));
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

impl<R: Read> Tar<R> {
    /// The archive that is read here.
    pub fn new(from: R) -> Tar<R> {
        Tar(tar::Archive::new(from))
    }

    /// Its files, in its order. Where it is broken it ends, after an error.
    ///
    /// # Errors
    /// If it was read before.
    pub fn files(&mut self) -> io::Result<impl Iterator<Item = Result<Input, Failed>> + '_> {
        let failed = |error| Failed { at: At::Named("tar".to_owned()), reason: Reason::Io(error) };
        let file = move |entry: io::Result<tar::Entry<'_, R>>| match entry {
            Ok(entry) if !entry.header().entry_type().is_file() => None,
            Ok(entry) => {
                let at = At::Named(String::from_utf8_lossy(&entry.path_bytes()).into_owned());
                Some(input(at, whole(entry)))
            }
            Err(error) => Some(Err(failed(error))),
        };
        Ok(self.0.entries()?.filter_map(file))
    }
}

impl<R: Read> std::fmt::Debug for Tar<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tar").finish_non_exhaustive()
    }
}

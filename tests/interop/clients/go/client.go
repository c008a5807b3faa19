// Reads documents into the structs that quicktype made, and writes them back: client FOLDER.
//
// One line of JSON for each file of the folder, with `file`, and either `error` or what was written back as `written`.
package main

import (
	"encoding/json"
	"log"
	"os"
	"path/filepath"
)

type answer struct {
	File    string  `json:"file"`
	Written *string `json:"written,omitempty"`
	Error   *string `json:"error,omitempty"`
}

func main() {
	folder := os.Args[1]
	entries, err := os.ReadDir(folder)
	if err != nil {
		log.Fatal(err)
	}
	lines := json.NewEncoder(os.Stdout)
	for _, entry := range entries {
		line := answer{File: entry.Name()}
		if written, err := readBack(filepath.Join(folder, entry.Name())); err != nil {
			text := err.Error()
			line.Error = &text
		} else {
			line.Written = &written
		}
		if err := lines.Encode(line); err != nil {
			log.Fatal(err)
		}
	}
}

func readBack(path string) (string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	document, err := UnmarshalRoot(text)
	if err != nil {
		return "", err
	}
	written, err := document.Marshal()
	return string(written), err
}

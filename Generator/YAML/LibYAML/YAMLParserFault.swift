import CLibYAML

/// An error of libyaml's reader, scanner or parser as a diagnostic with a location and advice.
struct YAMLParserFault {
    let diagnostic: Diagnostic

    init(parser: yaml_parser_t, reading bytes: ArraySlice<UInt8>, of file: SourceFile) {
        let problem = parser.problem.map { String(cString: $0) } ?? "libyaml ran out of memory"
        let mark: SourceMark
        if parser.error == YAML_READER_ERROR {
            // The reader reports a byte offset and leaves the mark at zero.
            mark = SourceMark(atByte: Int(parser.problem_offset), of: bytes)
        } else {
            mark = SourceMark(parser.problem_mark)
        }
        let location = SourceLocation(file: file.path, start: mark, end: mark)
        var notes: [Diagnostic.Note] = []
        if let context = parser.context, parser.error != YAML_READER_ERROR {
            let start = SourceMark(parser.context_mark)
            if start != mark {
                let place = SourceLocation(file: file.path, start: start, end: start)
                notes.append(.init(String(cString: context) + ", started", at: place))
            }
        }
        if Self.isTab(at: mark, in: file) {
            diagnostic = Diagnostic(
                rule: "yaml-tab", "a tab cannot indent YAML", at: location, hint: "replace the tab with spaces",
                notes: notes)
        } else {
            diagnostic = Diagnostic(
                rule: "yaml-syntax", problem, at: location, hint: Self.hint(for: problem), notes: notes)
        }
    }

    private static func isTab(at mark: SourceMark, in file: SourceFile) -> Bool {
        guard let line = file.line(mark.line) else { return false }
        return line.unicodeScalars.dropFirst(mark.column - 1).first == "\t"
            || line.unicodeScalars.prefix { $0 == " " || $0 == "\t" }.contains("\t")
    }

    private static func hint(for problem: String) -> String? {
        switch problem {
        case "mapping values are not allowed in this context":
            "quote the text that contains `: `, or check the indentation"
        case "could not find expected ':'": "write `key: value`, with a space after the colon"
        case "did not find expected key": "check the indentation of this line and of the lines above it"
        case "found unexpected end of stream": "a quote or bracket is not closed"
        case "found character that cannot start any token": "quote the text"
        case "did not find expected ',' or ']'": "close the list with `]`, or separate its values with commas"
        case "did not find expected ',' or '}'": "close the mapping with `}`, or separate its entries with commas"
        default: nil
        }
    }
}

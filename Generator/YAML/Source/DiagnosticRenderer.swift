/// Renders findings like a compiler: `file:line:column: error: …`, the line, a caret and a hint.
public struct DiagnosticRenderer: Sendable {
    private let files: [String: SourceFile]
    /// The maximum length of a line. Longer lines are cut around the relevant part.
    private let maximumLineLength = 160

    /// Creates a renderer that shows lines of the given files.
    public init(files: some Sequence<SourceFile>) {
        self.files = Dictionary(files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Returns the text of one finding, in several lines, each with a line feed. Text from the input never breaks a
    /// line.
    public func render(_ diagnostic: Diagnostic) -> String { render([diagnostic]) }

    private func text(of diagnostic: Diagnostic, _ lines: inout [String: LineTable]) -> String {
        var text = ""
        if let location = diagnostic.location {
            text += "\(location.file.onOneLine):\(location.start.line):\(location.start.column): "
        }
        text += "\(diagnostic.severity.rawValue): \(diagnostic.message.onOneLine) [\(diagnostic.rule)]\n"
        if let location = diagnostic.location { text += excerpt(of: location, &lines) }
        for note in diagnostic.notes {
            let place = "\(note.location.file.onOneLine):\(note.location.start.line):\(note.location.start.column)"
            text += "  note: \(note.message.onOneLine) at \(place)\n"
        }
        if let hint = diagnostic.hint { text += "  hint: \(hint.onOneLine)\n" }
        return text
    }

    /// Returns the text of many findings in the order given.
    public func render(_ diagnostics: some Sequence<Diagnostic>) -> String {
        var lines: [String: LineTable] = [:]
        return diagnostics.reduce(into: "") { $0 += text(of: $1, &lines) }
    }

    private func excerpt(of location: SourceLocation, _ lines: inout [String: LineTable]) -> String {
        guard let file = files[location.file] else { return "" }
        // A file is split into lines once, regardless of the number of findings.
        let table = lines[location.file] ?? LineTable(file)
        lines[location.file] = table
        guard let line = table.line(location.start.line) else { return "" }
        var scalars = Array(line.unicodeScalars)
        var caret = min(location.start.column - 1, scalars.count)
        var width = 1
        if location.end.line == location.start.line {
            width = max(1, min(location.end.column, scalars.count + 1) - location.start.column)
        }
        if scalars.count > maximumLineLength {
            let from = max(0, caret - maximumLineLength / 2)
            scalars = Array(scalars[from...].prefix(maximumLineLength))
            caret -= from
            width = min(width, max(1, scalars.count - caret))
        }
        // Control characters could move a terminal's cursor; tabs are kept so that the caret lines up.
        let shown = scalars.map { $0.isLayout && $0 != "\t" ? "\u{FFFD}" : $0 }
        let padding = shown.prefix(caret).map { $0 == "\t" ? "\t" : " " }.joined()
        let carets = String(repeating: "^", count: min(width, maximumLineLength))
        return "  | \(String(String.UnicodeScalarView(shown)))\n  | \(padding)\(carets)\n"
    }
}

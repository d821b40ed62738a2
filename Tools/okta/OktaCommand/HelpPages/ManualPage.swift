/// A manual page in `man(7)` macros, which every formatter supports.
package struct ManualPage: Sendable {
    /// The name of the page, such as `okta-user`.
    package let name: String
    private var lines: [String]

    /// Starts a page.
    ///
    /// - Parameters:
    ///   - summary: A one-line description of the page.
    ///   - version: The version of the program.
    ///   - date: The date of the page, such as `2026-01-31`.
    package init(_ name: String, summary: String, version: String, date: String) {
        self.name = name
        lines = [
            #".\" Written by `okta man`."#,
            ".TH \(Self.quoted(name.uppercased())) 1 \"\(date)\" \(Self.quoted("okta \(version)")) \(Self.quoted("okta"))",
            // Commands are long words, so hyphenation and justification are turned off.
            ".nh", ".ad l", ".SH NAME", "\(Self.escaped(name)) \\- \(Self.escaped(summary))",
        ]
    }

    /// The source of the page.
    package var text: String { lines.joined(separator: "\n") + "\n" }

    /// Starts a section.
    package mutating func section(_ title: String) { lines.append(".SH \(Self.quoted(title.uppercased()))") }

    /// Starts a subsection.
    package mutating func part(_ title: String) { lines.append(".SS \(Self.quoted(title))") }

    /// Adds a paragraph. After a heading it needs no paragraph macro.
    package mutating func paragraph(_ text: String) {
        guard !text.isEmpty else { return }
        if let last = lines.last, !last.hasPrefix(".SH"), !last.hasPrefix(".SS") { lines.append(".PP") }
        lines.append(Self.line(text))
    }

    /// Adds a command line, unfilled.
    package mutating func command(_ text: String) {
        if let last = lines.last, !last.hasPrefix(".SH"), !last.hasPrefix(".SS") { lines.append(".PP") }
        lines.append(".B \(Self.escaped(text))")
    }

    /// Adds a term with its description.
    package mutating func entry(_ name: String, _ texts: [String]) {
        lines += [".TP", ".B \(Self.escaped(name))"]
        // An entry without text would consume the next heading.
        let filled = texts.filter { !$0.isEmpty }
        lines.append(Self.line(filled.first ?? "\\&"))
        for text in filled.dropFirst() { lines += [".br", Self.line(text)] }
    }

    /// Returns a line of text. A control character at its start is escaped, since it would be a request.
    private static func line(_ text: String) -> String {
        if text == "\\&" { return text }
        let escaped = escaped(text)
        return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&\(escaped)" : escaped
    }

    private static func quoted(_ text: String) -> String {
        "\"\(escaped(text).split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\(dq"))\""
    }

    /// Returns text on one line with the formatter's special characters escaped.
    static func escaped(_ text: String) -> String {
        // Whitespace is collapsed, since formatters warn of trailing spaces.
        text.split(whereSeparator: \.isWhitespace).map { word in
            // A long word may be broken after punctuation, so that it does not exceed the page.
            let isLong = word.count > 40
            return word.unicodeScalars.reduce(into: "") { result, scalar in
                result += escaped(scalar)
                if isLong, "/=-._,|".unicodeScalars.contains(scalar) { result += "\\:" }
            }
        }.joined(separator: " ")
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\\": return "\\e"
        // `\-` is an ASCII hyphen, so option names can be copied.
        case "-": return "\\-"
        case "^": return "\\(ha"
        case "~": return "\\(ti"
        case "'": return "\\(aq"
        case "`": return "\\(ga"
        default:
            guard !scalar.isASCII else { return String(scalar) }
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return "\\[u\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)]"
        }
    }
}

/// A page of the manual in the macros of `man(7)`, which every formatter of such pages knows.
package struct ManualPage: Sendable {
    /// The name of the page, such as `okta-user`.
    package let name: String
    private var lines: [String]

    /// Begins a page.
    ///
    /// - Parameters:
    ///   - summary: What the page is about, on one line.
    ///   - version: The version of the program.
    ///   - date: The day of the page, such as `2026-01-31`.
    package init(_ name: String, summary: String, version: String, date: String) {
        self.name = name
        lines = [
            #".\" Written by `okta man`."#,
            ".TH \(Self.quoted(name.uppercased())) 1 \"\(date)\" \(Self.quoted("okta \(version)")) \(Self.quoted("okta"))",
            // Commands are long words: no hyphens are put into them, and lines stay ragged.
            ".nh", ".ad l", ".SH NAME", "\(Self.escaped(name)) \\- \(Self.escaped(summary))",
        ]
    }

    /// The page as the formatter reads it.
    package var text: String { lines.joined(separator: "\n") + "\n" }

    /// Begins a section.
    package mutating func section(_ title: String) { lines.append(".SH \(Self.quoted(title.uppercased()))") }

    /// Begins a part of a section.
    package mutating func part(_ title: String) { lines.append(".SS \(Self.quoted(title))") }

    /// Adds a paragraph; one that follows a heading begins there.
    package mutating func paragraph(_ text: String) {
        guard !text.isEmpty else { return }
        if let last = lines.last, !last.hasPrefix(".SH"), !last.hasPrefix(".SS") { lines.append(".PP") }
        lines.append(Self.line(text))
    }

    /// Adds a command line, as it is typed.
    package mutating func command(_ text: String) {
        if let last = lines.last, !last.hasPrefix(".SH"), !last.hasPrefix(".SS") { lines.append(".PP") }
        lines.append(".B \(Self.escaped(text))")
    }

    /// Adds a name with what it means.
    package mutating func entry(_ name: String, _ texts: [String]) {
        lines += [".TP", ".B \(Self.escaped(name))"]
        // An entry needs a text of its own, or the next heading would become it.
        let filled = texts.filter { !$0.isEmpty }
        lines.append(Self.line(filled.first ?? "\\&"))
        for text in filled.dropFirst() { lines += [".br", Self.line(text)] }
    }

    /// A line of text: one that begins with a control character would be a request.
    private static func line(_ text: String) -> String {
        if text == "\\&" { return text }
        let escaped = escaped(text)
        return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&\(escaped)" : escaped
    }

    private static func quoted(_ text: String) -> String {
        "\"\(escaped(text).split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\(dq"))\""
    }

    /// Text with the characters escaped that mean something to the formatter, on one line.
    static func escaped(_ text: String) -> String {
        // Several blanks are one: the formatter would warn of them at the end of a line.
        text.split(whereSeparator: \.isWhitespace).map { word in
            // A long word may be broken behind its signs, or it would leave the page.
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
        // A hyphen of a name of an option is that of ASCII, so that it can be copied.
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

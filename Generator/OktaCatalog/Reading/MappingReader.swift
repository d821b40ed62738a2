package import YAML

/// Reads the keys of a mapping with their required types, and reports all mismatches.
package struct MappingReader {
    /// The subject of the mapping in error messages, such as `an action`.
    let subject: String
    let node: YAMLNode
    /// The entries. Because there are few, a linear search costs less than a dictionary.
    private let entries: [YAMLEntry]
    package private(set) var findings: [Diagnostic] = []
    /// The allowed keys for which a misspelled key was found.
    private var misspelled: Set<String> = []
    private let recorder = GrammarRecorder.current

    /// Creates a reader, and reports a node that is not a mapping, and unknown keys.
    package init(_ node: YAMLNode, as subject: String, keys allowed: [String]) {
        self.subject = subject
        self.node = node
        guard let entries = node.entries else {
            self.entries = []
            findings = [
                Diagnostic(
                    rule: "wrong-type", "\(subject) must be a mapping, not \(node.kindName)", at: node.location,
                    hint: "write `key: value` lines; the keys are \(allowed.joined(separator: ", "))")
            ]
            return
        }
        recorder?.note(subject, allows: allowed, has: entries.map(\.name))
        self.entries = entries
        for entry in entries where !allowed.contains(entry.name) {
            let nearest = NearestName(candidates: allowed).nearest(to: entry.name)
            if let nearest { misspelled.insert(nearest) }
            findings.append(
                Diagnostic(
                    rule: "unknown-key", "\(subject) has no key `\(entry.name)`", at: entry.key.location,
                    hint: nearest.map { "did you mean `\($0)`?" } ?? "the keys are \(allowed.joined(separator: ", "))"))
        }
    }

    /// Whether the node is a mapping.
    package var isMapping: Bool { node.entries != nil }

    package subscript(key: String) -> YAMLNode? { entries.firstIndex(named: key).map { entries[$0].value } }

    package mutating func report(_ diagnostic: Diagnostic) {
        findings.append(diagnostic)
    }

    mutating func requiredString(_ key: String) -> Located<String>? {
        guard self[key] != nil else {
            reportMissing(key)
            return nil
        }
        return string(key)
    }

    mutating func reportMissing(_ key: String) {
        guard isMapping, !misspelled.contains(key) else { return }
        let start = node.location.start
        findings.append(
            Diagnostic(
                rule: "missing-key", "\(subject) needs the key `\(key)`",
                at: SourceLocation(file: node.location.file, start: start, end: start), hint: "add `\(key): …`"))
    }

    package mutating func string(_ key: String) -> Located<String>? {
        recorder?.note(subject, asksForText: "`\(key)`")
        return self[key].flatMap { string(in: $0, as: "`\(key)`") }
    }

    package mutating func string(in value: YAMLNode, as what: @autoclosure () -> String) -> Located<String>? {
        let text = word(in: value, as: what())
        if let text { recorder?.note(subject, what(), text.value, at: text.location) }
        return text
    }

    /// Reads a text from a fixed set, or one that must be a string.
    private mutating func word(in value: YAMLNode, as what: @autoclosure () -> String) -> Located<String>? {
        guard case .scalar(let text, let style) = value.content else {
            reportType(value, what(), expected: "text")
            return nil
        }
        guard style != .plain || !value.isNull else {
            reportType(value, what(), expected: "text")
            return nil
        }
        if style == .plain, PlainScalar(text).isReadDifferentlyElsewhere {
            findings.append(
                Diagnostic(
                    .warning, rule: "ambiguous-scalar",
                    "other YAML parsers do not read `\(text)` as text",
                    at: value.location, hint: "quote it: \"\(text)\""))
        }
        return Located(text, at: value.location)
    }

    /// Returns the elements of a list; empty for an absent key or any other value, which is reported.
    mutating func elements(_ key: String, expected: String) -> [YAMLNode] {
        guard let value = self[key] else { return [] }
        if value.elements == nil { reportType(value, "`\(key)`", expected: expected) }
        return value.elements ?? []
    }

    /// Returns the entries of a mapping; empty for an absent key or any other value, which is reported.
    mutating func entries(_ key: String, expected: String) -> [YAMLEntry] {
        guard let value = self[key] else { return [] }
        if value.entries == nil { reportType(value, "`\(key)`", expected: expected) }
        return value.entries ?? []
    }

    mutating func boolean(_ key: String) -> Bool? {
        guard let value = self[key] else { return nil }
        switch value.content {
        case .scalar("true", .plain): return true
        case .scalar("false", .plain): return false
        default:
            reportType(value, "`\(key)`", expected: "`true` or `false`")
            return nil
        }
    }

    mutating func integer(_ key: String) -> Int? {
        guard let value = self[key] else { return nil }
        guard case .scalar(let text, .plain) = value.content, let number = Int(text), String(number) == text else {
            reportType(value, "`\(key)`", expected: "a whole number")
            return nil
        }
        return number
    }

    /// Returns the text of a scalar of any type, for facts that are only displayed.
    mutating func scalarText(_ key: String) -> String? {
        recorder?.note(subject, asksForText: "`\(key)`")
        guard let value = self[key] else { return nil }
        guard let text = value.scalar else {
            reportType(value, "`\(key)`", expected: "a scalar")
            return nil
        }
        recorder?.note(subject, "`\(key)`", text, at: value.location)
        return text
    }

    /// Returns the validated text of a number.
    mutating func numberText(_ key: String) -> String? {
        guard let value = self[key] else { return nil }
        guard case .scalar(let text, .plain) = value.content, let number = Double(text), number.isFinite else {
            reportType(value, "`\(key)`", expected: "a number")
            return nil
        }
        return text
    }

    mutating func strings(_ key: String) -> [Located<String>] {
        recorder?.note(subject, asksForText: "an element of `\(key)`")
        var texts: [Located<String>] = []
        for element in elements(key, expected: "a list of texts") {
            if let text = string(in: element, as: "an element of `\(key)`") { texts.append(text) }
        }
        return texts
    }

    mutating func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, of: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        guard let text = self[key].flatMap({ word(in: $0, as: "`\(key)`") }) else { return nil }
        if let choice = Choice(rawValue: text.value) { return choice }
        let names = Choice.allCases.map(\.rawValue)
        let nearest = NearestName(candidates: names).nearest(to: text.value)
        findings.append(
            Diagnostic(
                rule: "unknown-value", "`\(key)` cannot be `\(text.value)`", at: text.location,
                hint: nearest.map { "did you mean `\($0)`?" } ?? "write one of \(names.joined(separator: ", "))"))
        return nil
    }

    package mutating func reportType(_ value: YAMLNode, _ what: String, expected: String) {
        findings.append(
            Diagnostic(
                rule: "wrong-type", "\(what) must be \(expected), not \(value.kindName)", at: value.location,
                hint: value.kindName == "a scalar" ? "the text is read literally; check quotes and spelling" : nil))
    }
}

import OktaCatalog
import YAML

/// The text of a form, with the missing sentences, the facts as comments, and the unused parts of the previous form.
package struct SentenceFormText {
    private let missing: [MissingSentences]
    private let former: SentenceForm?
    private let unused: [(service: String, text: SentenceUpdate.Unused)]

    /// - Parameters:
    ///   - missing: The missing sentences of the catalogs.
    ///   - former: The form that was read.
    ///   - results: The updates that were written from the form, by service.
    package init(of missing: [MissingSentences], former: SentenceForm?, results: [String: SentencedUpdate]) {
        (self.missing, self.former) = (missing, former)
        unused = results.sorted { $0.key < $1.key }.flatMap { service, result in
            result.unused.map { (service, $0) }
        }
    }

    /// The number of sentences that are left.
    package var count: Int { missing.reduce(0) { $0 + $1.count } }

    /// The number of entries about other services, which are kept.
    package var keptCount: Int { SentenceForm.Kind.allCases.reduce(0) { $0 + kept($1).count } }

    /// The number of texts that were not used.
    package var unusedCount: Int { unused.count }

    /// The whole text.
    package var text: String {
        var lines = [
            count == 0
                ? "# No sentences are left to write."
                : "# Sentences to write: replace each TODO, and run the same command again. CONTRIBUTING.md describes the form."
        ]
        for kind in SentenceForm.Kind.allCases {
            let entries = missing.flatMap { self.lines(kind, $0) } + kept(kind).flatMap { $0.node.member.lines }
            lines += entries.isEmpty ? ["\(kind.rawValue): {}"] : ["\(kind.rawValue):"] + entries.map { "  \($0)" }
        }
        if !unused.isEmpty {
            lines += ["", "# Not used, because the catalog has another text there:"]
            lines += unused.map { service, unused in
                "# \(service) \(unused.entry), \(unused.part): \(unused.text)".onOneLine
            }
        }
        return lines.map { "\($0)\n" }.joined()
    }

    private func kept(_ kind: SentenceForm.Kind) -> [SentenceForm.Entry] {
        former?.entries(kind, besides: Set(missing.map(\.service))) ?? []
    }

    // MARK: Entries

    private func lines(_ kind: SentenceForm.Kind, _ missing: MissingSentences) -> [String] {
        switch kind {
        case .category:
            missing.categories.map { category in
                let name = category.name.value
                let note = note("summary", on: former(kind, name, missing))
                return Self.line(Self.quoted("\(missing.service)/\(name)"), note)
            }
        case .action: missing.actions.flatMap { self.lines($0, missing) }
        case .declaration: missing.declarations.flatMap { self.lines($0, missing) }
        }
    }

    private func lines(_ entry: MissingSentences.Action, _ missing: MissingSentences) -> [String] {
        let action = entry.action
        let name = "\(action.method.rawValue) \(action.path.value)"
        let former = former(.action, action.identity?.description ?? name, missing)
        let facts = action.facts.filter { !["upstream", "reference"].contains($0.key) }
        let security = entry.operation.map(missing.document.securityInWords(of:)).map { ", security: \($0)" } ?? ""
        var lines = Self.comments(
            entry.category,
            entry.operation?.words,
            Self.words(facts) + security,
            entry.operation?.unheldWords(in: missing.document))
        lines.append("\(Self.quoted("\(missing.service) \(name)")):")
        if action.summary.value.isUnwritten {
            lines.append("  " + Self.line("action", action.name.value))
            lines.append("  " + Self.line("summary", note("summary", on: former)))
        }
        guard !entry.parameters.isEmpty else { return lines }
        lines.append("  params:")
        let described = entry.operation?.parameterWords(in: missing.document) ?? [:]
        for (key, parameter) in entry.parameters {
            let words = described["\(parameter.place.rawValue) \(parameter.name.value)"]
            let note = former?.lists["params"]?.first { $0.name.value.hasSameBytes(as: key) }?.text.value
            let facts = Self.words(parameter.facts, besides: words?.limits)
            lines += Self.comments(facts, words?.text).map { "    \($0)" }
            lines.append("    " + Self.line(YAMLNotation.line(.text(key)), Self.placeholder(note)))
        }
        return lines
    }

    private func lines(_ entry: MissingSentences.Declaration, _ missing: MissingSentences) -> [String] {
        var lines = Self.comments("\(entry.category); \(Self.words(entry.facts))", entry.words?.text)
        for field in entry.fields {
            let words = entry.words?.fields[text: field.name.value].map { ": \(Self.shortened($0, to: 160))" } ?? ""
            let facts = Self.words(field.facts, besides: entry.words?.limits[text: field.name.value])
            lines.append("#   \(field.name.value) (\(facts))\(words)".onOneLine)
        }
        if !entry.values.isEmpty {
            lines.append("#   values: \(Self.shortened(entry.values.joined(separator: ", "), to: 600))".onOneLine)
        }
        lines.append("\(Self.quoted("\(missing.service) \(entry.name)")):")
        lines.append("  " + Self.line("doc", note("doc", on: former(.declaration, entry.name, missing))))
        if let other = entry.otherName {
            lines.append("  # `\(entry.name)` has another meaning in Swift. Choose another name, or keep this one:")
            lines.append("  " + Self.line("rename", other))
        }
        return lines
    }

    // MARK: The former form

    private func former(
        _ kind: SentenceForm.Kind, _ name: String, _ missing: MissingSentences
    ) -> SentenceForm.Entry? {
        former?.entries(kind, of: missing.service).first { entry in
            switch kind {
            case .category: entry.name.hasSameBytes(as: name)
            case .action: entry.operation?.description == name
            case .declaration: missing.names.name(of: entry) == name
            }
        }
    }

    /// Returns the placeholder, with a note that was added to it.
    private func note(_ key: String, on entry: SentenceForm.Entry?) -> String {
        Self.placeholder(entry?.texts[key]?.value)
    }

    private static func placeholder(_ note: String?) -> String {
        note.flatMap { $0.isUnwritten ? $0 : nil } ?? UnwrittenText.placeholder
    }

    // MARK: Text

    private static func line(_ key: String, _ text: String) -> String { "\(key): \(YAMLNotation.line(.line(text)))" }

    private static func quoted(_ text: String) -> String {
        YAMLNotation.flow(YAMLNode(.scalar(text, .quoted), at: .nowhere))
    }

    /// Facts in the catalog's notation, and limits for which the catalog has no key.
    private static func words(_ facts: [Fact], besides limits: [String]? = nil) -> String {
        let held = facts.map { "\($0.key): \(YAMLNotation.flow($0.value))" }.joined(separator: ", ")
        guard let limits, !limits.isEmpty else { return held }
        return "\(held); not in the catalog: \(limits.joined(separator: ", "))"
    }

    private static func comments(_ texts: String?...) -> [String] {
        texts.compactMap { $0 }.filter { !$0.isEmpty }.map { "# \(shortened($0, to: 500))".onOneLine }
    }

    /// Returns the beginning of a text, up to a space.
    private static func shortened(_ text: String, to limit: Int) -> String {
        let words = text.split { $0.isWhitespace }.joined(separator: " ")
        guard words.count > limit else { return words }
        let start = words.prefix(limit)
        return "\(start[..<(start.lastIndex(of: " ") ?? start.endIndex)]) …"
    }
}

extension YAMLEntry {
    /// The entry in block style.
    fileprivate var member: YAMLMember {
        guard let entries = value.entries, !entries.isEmpty else {
            return YAMLMember(key, .line(value.scalar.map { .line($0) } ?? value))
        }
        return YAMLMember(key, .members(entries.map(\.member)))
    }
}

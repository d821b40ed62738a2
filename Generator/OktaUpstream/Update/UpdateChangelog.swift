import OktaCatalog
import YAML

/// Adds the changes of an update to a changelog, under its unreleased changes.
public struct UpdateChangelog: Sendable {
    private let report: UpdateReport
    private let heading: String

    /// Creates the section.
    ///
    /// - Parameters:
    ///   - report: The changes.
    ///   - release: The release of Okta's document.
    ///   - document: The document's title; nil if a catalog does not state it.
    public init(_ report: UpdateReport, release: String, of document: String? = nil) {
        self.report = report
        heading = "### Facts of \(document ?? "Okta's document") \(release)".onOneLine
    }

    /// The section's lines, one per entry of the catalog.
    var lines: [String] {
        var lines: [String] = []
        var index = report.changes.startIndex
        while index < report.changes.endIndex {
            let first = report.changes[index]
            let same = report.changes[index...].prefix { $0.subject == first.subject && $0.name == first.name }
            lines.append("- \(Self.kind(first.subject)) \(first.name): \(same.map(\.text).joined(separator: "; ")).")
            index += same.count
        }
        lines += report.goneOperations.map { "- Removed from the document: `\($0)`." }
        lines += report.newOperations.map { "- New in the document, without an action yet: `\($0)`." }
        return lines.map(\.onOneLine)
    }

    private static func kind(_ subject: UpdateReport.Change.Subject) -> String {
        switch subject {
        case .action: "Action"
        case .model: "Model"
        case .enumeration: "Enumeration"
        }
    }

    /// Returns a line about an added entry, with the name chosen since; nil for any other line.
    private func renamed(_ line: String) -> String? {
        for rename in report.renames {
            let start = "- \(Self.kind(rename.subject)) \(rename.from): added"
            let addition = rename.operation.map { ", for \($0)." } ?? "."
            guard line.hasSuffix(addition), line.hasPrefix(start),
                line.utf8.count == start.utf8.count + addition.utf8.count
            else { continue }
            return "- \(Self.kind(rename.subject)) \(rename.to): added\(addition)".onOneLine
        }
        return nil
    }

    /// Returns a changelog with the section; nil if it has no heading for unreleased changes, or there are no changes.
    public func inserted(into changelog: String) -> String? {
        guard !report.isEmpty else { return nil }
        var edits = TextEdits(SourceFile(path: "", text: changelog))
        let text = edits.allLines
        guard let unreleased = text.firstIndex(where: { $0.hasPrefix("## ") && $0.lowercased().contains("unreleased") })
        else { return nil }
        let end = text[(unreleased + 1)...].firstIndex { $0.hasPrefix("## ") } ?? text.endIndex
        for index in unreleased..<end {
            guard let renamed = renamed(text[index]) else { continue }
            edits.removeLines((index + 1)...(index + 1))
            edits.insert(lines: [renamed], afterLine: index + 1)
        }
        if let standing = text[unreleased..<end].firstIndex(of: heading) {
            // Insert after the heading and the empty line below it.
            let below = standing + 1 < text.endIndex && text[standing + 1].isEmpty ? standing + 2 : standing + 1
            edits.insert(lines: lines.filter { !text.contains($0) }, afterLine: below)
        } else if !lines.isEmpty {
            edits.insert(lines: ["", heading, ""] + lines, afterLine: unreleased + 1)
        }
        return edits.isEmpty ? nil : edits.result
    }
}

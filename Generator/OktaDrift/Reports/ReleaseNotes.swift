/// The consequences of a comparison of two catalogs for the next release.
public struct ReleaseNotes: Sendable, Hashable {
    /// The version increment by Semantic Versioning.
    public enum Step: String, Sendable, Hashable {
        /// A breaking change.
        case major
        /// An addition.
        case minor
        /// Descriptions only.
        case patch
        /// Nothing to release.
        case none
    }

    /// The step.
    public let step: Step
    /// A section for `CHANGELOG.md` in the format of Keep a Changelog; empty when callers are not affected.
    public let changelog: String

    /// Derives the increment and the section from the changes.
    public init(of findings: [DriftReport.Finding]) {
        let gravest = findings.map(\.severity).max()
        step =
            switch gravest {
            case .error: .major
            case .warning, .info: .minor
            case .docs: .patch
            case nil: .none
            }
        var sections: [Section: [String]] = [:]
        for finding in findings where finding.severity > .docs {
            let section = Section(of: finding.change.rule)
            let mark = finding.severity == .error ? "**Breaking:** " : ""
            sections[section, default: []].append("- \(mark)\(Self.line(of: finding.change))")
        }
        changelog = Section.allCases.compactMap { section in
            sections[section].map { "### \(section.rawValue)\n\n" + $0.joined(separator: "\n") + "\n" }
        }.joined(separator: "\n")
    }

    /// The notes for a terminal.
    var text: String { "SemVer step: \(stepInWords)" + (changelog.isEmpty ? "" : "\n\n" + changelog.dropLast()) }

    /// The notes for a pull request.
    var markdown: String {
        "SemVer step: **\(stepInWords)**"
            + (changelog.isEmpty ? "" : "\n\n```markdown\n\(changelog)```")
    }

    private var stepInWords: String { step == .major ? "major (minor before 1.0)" : step.rawValue }

    private enum Section: String, CaseIterable {
        case added = "Added"
        case changed = "Changed"
        case deprecated = "Deprecated"
        case removed = "Removed"

        init(of rule: DriftRule) {
            if rule == LifecycleRules.deprecated {
                self = .deprecated
            } else if rule.id.hasSuffix("-added") {
                self = .added
            } else if rule.id.hasSuffix("-removed") {
                self = .removed
            } else {
                self = .changed
            }
        }
    }

    /// Returns the change in symbols of the library.
    private static func line(of change: Change) -> String {
        func argument(_ name: String) -> String { change.arguments.first { $0.name == name }?.value ?? "" }
        let subject = "`\(change.subject)`"
        switch change.rule {
        case OperationRules.added, OperationRules.removed, ModelRules.added, ModelRules.removed,
            FieldRules.added, FieldRules.requiredAdded, FieldRules.removed:
            return "\(subject)."
        case ParameterRules.added, ParameterRules.requiredAdded, ParameterRules.removed:
            return "Parameter `\(argument("parameter"))` of \(subject)."
        case ValueRules.added, ValueRules.removed: return "Value `\(argument("value"))` of \(subject)."
        case ModelRules.variantAdded, ModelRules.variantRemoved:
            return "Form `\(argument("variant"))` of \(subject)."
        case LifecycleRules.deprecated: return "\(subject)."
        case OperationRules.renamed, OperationRules.renamedWithoutAlias, OperationRules.moved, ModelRules.renamed:
            return "\(subject) is now `\(argument("to"))`."
        default: return "\(subject): \(change.message)."
        }
    }
}

import YAML

/// The undeclared names. A name results in one finding, regardless of the number of uses.
struct UnknownNames {
    private struct Use {
        var first: Located<String>
        var others: [SourceLocation] = []
        var nearest: NearestName
    }

    /// The number of further locations to list.
    private static let maximumNotes = 3

    private var uses: [ExactText: Use] = [:]
    private var order: [ExactText] = []

    /// Records references to undeclared names.
    mutating func note(_ references: [Located<String>], notAmong names: Set<ExactText>, _ nearest: NearestName) {
        for reference in references {
            let name = ExactText(reference.value)
            guard !names.contains(name) else { continue }
            if uses[name] == nil {
                uses[name] = Use(first: reference, nearest: nearest)
                order.append(name)
            } else {
                uses[name]?.others.append(reference.location)
            }
        }
    }

    var findings: [Diagnostic] {
        order.compactMap { uses[$0] }.map { use in
            let nearest = use.nearest.nearest(to: use.first.value)
            var notes = use.others.prefix(Self.maximumNotes).map { Diagnostic.Note("it is also used", at: $0) }
            if let last = use.others.last, use.others.count > Self.maximumNotes {
                let rest = use.others.count - Self.maximumNotes
                notes.append(.init("and in \(rest.counted("more place")), the last", at: last))
            }
            return Diagnostic(
                rule: "unknown-model", "there is no model or type `\(use.first.value)`", at: use.first.location,
                hint: nearest.map { "did you mean `\($0)`?" } ?? "declare it in a file of `models`", notes: notes)
        }
    }
}

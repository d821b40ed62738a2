/// The findings of a run, collected so that all are reported, not only the first.
public struct Diagnostics: Error, Sendable {
    /// The findings in the order of discovery.
    public private(set) var all: [Diagnostic] = []

    /// Creates an empty collection.
    public init() {}

    /// Whether the input cannot be used.
    public var hasErrors: Bool { all.contains { $0.severity == .error } }

    /// Adds a finding.
    public mutating func report(_ diagnostic: Diagnostic) {
        all.append(diagnostic)
    }

    /// Adds the findings of another collection.
    public mutating func append(_ other: some Sequence<Diagnostic>) {
        all.append(contentsOf: other)
    }

    /// The findings by file, line, column and rule: the order in which they are printed.
    public var sorted: [Diagnostic] {
        all.enumerated().sorted { left, right in
            let (a, b) = (left.element.location, right.element.location)
            let (aFile, bFile) = (a?.file ?? "", b?.file ?? "")
            if aFile != bFile { return aFile < bFile }
            let (aMark, bMark) = (a?.start ?? .start, b?.start ?? .start)
            if aMark != bMark { return aMark < bMark }
            if left.element.rule != right.element.rule { return left.element.rule < right.element.rule }
            return left.offset < right.offset
        }.map(\.element)
    }
}

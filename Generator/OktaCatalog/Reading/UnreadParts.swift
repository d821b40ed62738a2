import YAML

/// The parts of a catalog that could not be decoded, so that an error is reported without its consequences.
struct UnreadParts {
    /// A kind of entries that others refer to.
    enum Part {
        /// The list of `catalog.yaml`.
        case order
        /// Names of categories.
        case categories
        case actions
        /// Names of models and enumerations.
        case models
        case corrections
    }

    private var parts: Set<Part> = []
    /// The positions of errors, by file and in order.
    private var errors: [String: [SourceMark]] = [:]

    /// Records that some entries of a part were not decoded.
    mutating func insert(_ part: Part) { parts.insert(part) }

    /// Records that a whole file could not be read.
    mutating func insert(file name: String) {
        switch name {
        case CatalogOverlay.fileName: parts.insert(.corrections)
        case _ where name.hasPrefix("actions/"): parts.formUnion([.categories, .actions])
        case _ where name.hasPrefix("models/"): parts.insert(.models)
        default: break
        }
    }

    /// Records the positions of errors.
    mutating func insert(errorsOf diagnostics: [Diagnostic]) {
        for case let location? in diagnostics.lazy.filter({ $0.severity == .error }).map(\.location) {
            errors[location.file, default: []].append(location.start)
        }
        for file in errors.keys { errors[file]?.sort() }
    }

    /// Returns whether some entries of a part were not decoded.
    func contains(_ part: Part) -> Bool { parts.contains(part) }

    /// Returns whether something in an entry could not be decoded.
    func isIncomplete(_ entry: SourceLocation) -> Bool {
        guard let marks = errors[entry.file] else { return false }
        var (low, high) = (marks.startIndex, marks.endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if marks[middle] < entry.start { low = middle + 1 } else { high = middle }
        }
        return low < marks.endIndex && marks[low] < entry.end
    }
}

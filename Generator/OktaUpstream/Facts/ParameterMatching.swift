import OktaCatalog
import YAML

/// Which parameter of the catalog is which parameter of an operation in Okta's document.
///
/// A parameter of the same name in the same location comes first. A parameter that is left and has the same name has moved
/// to another location: it keeps its key, its names and its pinned facts.
struct ParameterMatching {
    /// What identifies a parameter.
    struct Identity {
        /// The wire name.
        let name: String
        /// The location, such as `query`; nil where the catalog does not state one.
        let place: String?
    }

    /// For each parameter of the document, the index of the catalog's parameter.
    let indices: [Int?]

    init(of described: [Identity], in standing: [Identity]) {
        var indices = [Int?](repeating: nil, count: described.count)
        var free = Array(standing.indices)
        func take(where isMatch: (Identity, Identity) -> Bool) {
            for (index, parameter) in described.enumerated() where indices[index] == nil {
                guard let found = free.firstIndex(where: { isMatch(standing[$0], parameter) }) else { continue }
                indices[index] = free.remove(at: found)
            }
        }
        take { $0.name.hasSameBytes(as: $1.name) && $0.place == $1.place }
        take { $0.name.hasSameBytes(as: $1.name) }
        self.indices = indices
    }
}

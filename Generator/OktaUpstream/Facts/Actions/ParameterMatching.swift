import OktaCatalog
import YAML

/// The matching of the catalog's parameters with those of an operation in Okta's document.
///
/// Parameters are first matched by name and location. A remaining parameter with the same name has moved to another
/// location. It keeps its key, its names and its pinned facts.
struct ParameterMatching {
    /// The identity of a parameter.
    struct Identity {
        /// The wire name.
        let name: String
        /// The location, such as `query`; nil if the catalog does not state it.
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

/// The keys of an action's `params`.
///
/// A key is the wire name, unless a parameter in another location has the same name. The second parameter then has a
/// different key and states its `name`.
struct ParameterKeys {
    private(set) var keys: [String] = []

    /// - Parameters:
    ///   - parameters: The parameters in the document.
    ///   - standing: The keys in the catalog.
    ///   - indices: For each parameter, the index of its key; nil for a new one.
    init(of parameters: [CatalogParameter], in standing: [String] = [], at indices: [Int?]? = nil) {
        var used = Set(texts: standing)
        for (position, parameter) in parameters.enumerated() {
            let key = indices?[position].map { standing[$0] } ?? Self.freeKey(for: parameter, used: used)
            used.insert(text: key)
            keys.append(key)
        }
    }

    private static func freeKey(for parameter: CatalogParameter, used: Set<ExactText>) -> String {
        let name = parameter.name.value
        guard used.contains(text: name) else { return name }
        let place = parameter.place.rawValue
        let base = "\(name)In\(place.prefix(1).uppercased())\(place.dropFirst())"
        var key = base
        var number = 2
        while used.contains(text: key) {
            key = "\(base)\(number)"
            number += 1
        }
        return key
    }
}

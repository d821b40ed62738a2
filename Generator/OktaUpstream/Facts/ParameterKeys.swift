import OktaCatalog
import YAML

/// The keys of an action's `params`.
///
/// A key is the wire name, unless another location uses the same name, such as path and query: the second parameter
/// then has a different key and states its `name`.
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

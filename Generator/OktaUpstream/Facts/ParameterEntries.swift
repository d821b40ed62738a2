import OktaCatalog
import YAML

/// The parameters of an operation as entries of an action's `params`, with their existing keys.
///
/// A key is the wire name, unless another location uses the same name, such as path and query: the second parameter
/// then has a different key and states its `name`.
struct ParameterEntries {
    /// One parameter under its key.
    struct Entry {
        var key: String
        var facts: [(key: String, value: String)]
        /// Whether it already exists.
        var isStanding: Bool

        /// The parameter as one line of the catalog, without indentation.
        var line: String { "\(YAMLText.scalar(key)): \(YAMLText.flowMapping(facts))" }
    }

    private(set) var entries: [Entry] = []

    /// - Parameters:
    ///   - parameters: The parameters in the document.
    ///   - standing: The entries in the catalog.
    init(of parameters: [ParameterFacts], standing: [YAMLEntry]) {
        let matching = ParameterMatching(
            of: parameters.map { .init(name: $0.name, place: $0.place) },
            in: standing.map { .init(name: $0.wireName, place: $0.value["in"]?.scalar) })
        let keys = matching.indices.map { $0.map { standing[$0].name } }
        var used = Set(texts: standing.map(\.name))
        for (parameter, key) in zip(parameters, keys) {
            let name = key ?? Self.freeKey(for: parameter, used: used)
            used.insert(text: name)
            // An existing entry states its name if required.
            let naming =
                key == nil && !name.hasSameBytes(as: parameter.name) ? [("name", YAMLText.scalar(parameter.name))] : []
            entries.append(Entry(key: name, facts: naming + parameter.entries, isStanding: key != nil))
        }
    }

    private static func freeKey(for parameter: ParameterFacts, used: Set<ExactText>) -> String {
        guard used.contains(text: parameter.name) else { return parameter.name }
        let base = "\(parameter.name)In\(parameter.place.prefix(1).uppercased())\(parameter.place.dropFirst())"
        var key = base
        var number = 2
        while used.contains(text: key) {
            key = "\(base)\(number)"
            number += 1
        }
        return key
    }
}

extension YAMLEntry {
    /// The wire name of a parameter's entry.
    fileprivate var wireName: String { value["name"]?.scalar ?? name }
}

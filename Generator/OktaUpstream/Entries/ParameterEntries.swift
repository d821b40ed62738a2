import OktaCatalog
import YAML

/// The parameters of an action as entries of its `params`, with their existing keys.
struct ParameterEntries {
    /// A parameter with its key.
    struct Entry {
        var key: String
        var facts: [Fact]
        /// Whether the entry already exists.
        var isStanding: Bool

        /// The parameter as a line of its action.
        var member: YAMLMember { YAMLMember(.text(key), .line(facts.mapping)) }
    }

    let entries: [Entry]

    /// - Parameters:
    ///   - action: The facts.
    ///   - standing: The entries in the catalog, including those from earlier documents.
    init(of action: UpstreamAction, in standing: [YAMLEntry] = []) {
        let parameters = action.facts.parameters
        let present = standing.indices.filter { !standing[$0].value.isRemoved }
        var indices = action.standing.map { $0.flatMap { present.indices.contains($0) ? present[$0] : nil } }
        // A parameter that returns is matched with the removed one of the same name.
        let new = parameters.indices.filter { indices[$0] == nil }
        let removed = standing.indices.filter { standing[$0].value.isRemoved }
        let returned = ParameterMatching(
            of: new.map { .init(name: parameters[$0].name.value, place: parameters[$0].place.rawValue) },
            in: removed.map { index in
                let entry = standing[index]
                return .init(name: entry.value["name"]?.scalar ?? entry.name, place: entry.value["in"]?.scalar)
            })
        for (index, found) in zip(new, returned.indices) { indices[index] = found.map { removed[$0] } }
        let keys = ParameterKeys(of: parameters, in: standing.map(\.name), at: indices).keys
        entries = parameters.indices.map { index in
            let (parameter, isStanding) = (parameters[index], indices[index] != nil)
            var facts = parameter.facts
            // An existing entry already states its name if necessary.
            if !isStanding, !keys[index].hasSameBytes(as: parameter.name.value) {
                facts.insert(Fact(key: "name", value: .text(parameter.name.value)), at: 0)
            }
            return Entry(key: keys[index], facts: facts, isStanding: isStanding)
        }
    }
}

extension UpstreamAction {
    private static let keysBeforeParameters = ["upstream", "reference", "hostPrefix"]

    /// The facts of a new entry, or those missing in an entry without parameters, in the order of the grammar.
    var members: [YAMLMember] {
        var members = facts.facts.map(\.member)
        let parameters = ParameterEntries(of: self).entries.map(\.member)
        guard !parameters.isEmpty else { return members }
        let index = facts.facts.firstIndex { !Self.keysBeforeParameters.contains($0.key) } ?? members.endIndex
        members.insert(YAMLMember("params", .members(parameters)), at: index)
        return members
    }
}

internal import OktaRuntime

/// The calls that look up a name in a collection, most exact first.
struct NameQuery: Sendable {
    private let collection: NamedCollection

    init(_ collection: NamedCollection) { self.collection = collection }

    /// Returns the values of the collection's list action, in steps. The calls of a step are combined; the next step
    /// is for names that were not found before.
    ///
    /// If the list supports a search over the naming fields, the search matches exactly. It lags some seconds behind
    /// changes, so a filter or the text query of the same list complements it.
    func steps(for name: String) -> [[[String: String]]] {
        let text = SearchText.quoted(name)
        switch collection.list.descriptor.path {
        case "/api/v1/users":
            var search = "profile.email eq \(text) or profile.displayName eq \(text)"
            if let space = name.firstIndex(of: " ") {
                let first = SearchText.quoted(String(name[..<space]))
                let last = SearchText.quoted(String(name[name.index(after: space)...]))
                search += " or (profile.firstName eq \(first) and profile.lastName eq \(last))"
            }
            return [[["filter": "profile.login eq \(text)"]], [["search": search]], [["q": name]]]
        case "/api/v1/groups": return [[["search": "profile.name eq \(text)"]], [["q": name]]]
        case "/api/v1/devices": return [[["search": "profile.displayName eq \(text)"]], [[:]]]
        default: return [typed(has("q") ? ["q": name] : [:])]
        }
    }

    /// Returns the values that list objects with similar names.
    func similar(to name: String) -> [[String: String]] { typed(has("q") ? ["q": String(name.prefix(3))] : [:]) }

    /// Returns the values that list one page of objects whose name starts with a text.
    func beginning(with text: String, limit: Int) -> [[String: String]] {
        var arguments: [String: String] = [:]
        if !text.isEmpty {
            switch collection.path {
            case "/api/v1/users": arguments["search"] = "profile.login sw \(SearchText.quoted(text))"
            default: if has("q") { arguments["q"] = text }
            }
        }
        if has("limit") { arguments["limit"] = String(limit) }
        return typed(arguments)
    }

    /// Returns the names of an object in order of precedence.
    func names(of object: JSON) -> [String] {
        var names = collection.fields.compactMap { path in
            path.split(separator: ".").reduce(object) { $0?[String($1)] }?.string
        }
        if let first = object["profile"]?["firstName"]?.string, let last = object["profile"]?["lastName"]?.string {
            names.append("\(first) \(last)")
        }
        return names
    }

    /// Returns the values for each type if a list requires one, such as the list of policies.
    private func typed(_ arguments: [String: String]) -> [[String: String]] {
        let action = collection.list
        guard
            let required = action.descriptor.parameters.first(where: { $0.isRequired && $0.location == .query }),
            let enumeration = action.help?.parameters[required.name]?.enumeration,
            let values = FieldTypes(action.module.schema).values(of: enumeration)
        else { return [arguments] }
        return values.map { arguments.merging([required.name: $0]) { given, _ in given } }
    }

    private func has(_ parameter: String) -> Bool {
        collection.list.descriptor.parameters.contains { $0.name == parameter && $0.location == .query }
    }
}

/// Text in Okta's search and filter expressions.
enum SearchText {
    /// Returns the text as a quoted value.
    static func quoted(_ text: String) -> String {
        let escaped = text.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }
        return "\"\(String(escaped))\""
    }
}

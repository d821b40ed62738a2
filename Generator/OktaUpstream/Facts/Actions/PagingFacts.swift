import OktaCatalog
import YAML

/// The paging of an operation: whether its response is a page of a list, and the position of the items.
///
/// A list of the management API is an array, and a `Link` header refers to the next page. Other lists are the only
/// array in an object, whose `_links.next` refers to the next page.
struct PagingFacts {
    let paging: CatalogAction.Paging?

    /// - Parameters:
    ///   - response: The schema of the response.
    ///   - action: The facts read so far, which are the type of the response and the parameters.
    init(of response: YAMLNode?, _ action: CatalogAction, in document: OpenAPIDocument) {
        guard action.method == .get, let type = action.returns else {
            paging = nil
            return
        }
        if type.isArray {
            paging = .link
        } else if case .named = type, let response, let items = Self.items(in: response, action, document) {
            paging = .member(items)
        } else {
            paging = nil
        }
    }

    /// Returns the only array of an object that has a next page.
    private static func items(
        in schema: YAMLNode, _ action: CatalogAction, _ document: OpenAPIDocument
    ) -> Located<String>? {
        let members = document.members(of: schema)
        let lists = members.filter { document.isList($0.value) }
        guard let list = lists.first, lists.count == 1 else { return nil }
        let links = members.first { $0.name == "_links" }.map { document.members(of: $0.value) } ?? []
        let isPage =
            links.contains { $0.name == "next" }
            || action.parameters.contains { $0.place == .query && $0.name.value == "after" }
        return isPage ? Located(list.name, at: list.key.location) : nil
    }
}

extension OpenAPIDocument {
    /// Returns the members that a schema declares, with those of the schemas that it refers to and extends.
    fileprivate func members(of schema: YAMLNode) -> [YAMLEntry] {
        var members: [YAMLEntry] = []
        var known: Set<ExactText> = []
        // Several schemas may extend the same one, so each named schema is read once.
        var seen: Set<ExactText> = []
        var waiting = [schema]
        while let next = waiting.popLast() {
            if let name = schemaName(next), !seen.insert(text: name) { continue }
            let node = resolve(next)
            for entry in node["properties"]?.entries ?? [] where known.insert(text: entry.name) {
                members.append(entry)
            }
            waiting += (node["allOf"]?.elements ?? []).reversed()
        }
        return members
    }

    fileprivate func isList(_ schema: YAMLNode) -> Bool {
        chain(from: schema).contains { resolve($0)["type"]?.scalar == "array" }
    }
}

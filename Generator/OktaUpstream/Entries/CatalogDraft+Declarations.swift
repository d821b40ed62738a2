import OktaCatalog
import YAML

/// The models and enumerations to add to the files of `models`, and those to remove.
struct DeclarationMoves {
    /// An entry to be added.
    struct Arrival {
        var name: String
        var member: YAMLMember
    }

    /// The entries to be added, by category.
    private(set) var arrivals: [String: [Arrival]] = [:]
    /// The indices of the entries to be removed, by file.
    private(set) var departures: [String: Set<Int>] = [:]

    /// Adds an entry to a category.
    mutating func add(_ name: String, _ member: YAMLMember, to category: String) {
        arrivals[category, default: []].append(Arrival(name: name, member: member))
    }

    /// Removes an entry.
    mutating func remove(_ index: Int, from path: String) {
        departures[path, default: []].insert(index)
    }
}

extension CatalogDraft {
    /// Changes the files of `models`.
    mutating func apply(_ moves: DeclarationMoves, _ catalog: Catalog) {
        var arrivals: [String: [DeclarationMoves.Arrival]] = [:]
        var categories: [String: String] = [:]
        for (category, arriving) in moves.arrivals.sorted(by: { $0.key < $1.key }) {
            let path = modelPath(of: category, catalog)
            categories[path] = category
            arrivals[path, default: []] += arriving
        }
        for path in Set(arrivals.keys).union(moves.departures.keys) {
            let arriving = (arrivals[path] ?? []).sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            if files[path] != nil {
                change(path, arriving: arriving, departing: moves.departures[path] ?? [])
            } else {
                let category = YAMLMember("category", .line(.line(categories[path] ?? Catalog.sharedCategory)))
                create(path, .members([category, YAMLMember("models", .members(arriving.map(\.member)))]))
            }
        }
    }

    /// Returns the file of a category, which may not exist yet.
    private func modelPath(of category: String, _ catalog: Catalog) -> String {
        let file = catalog.modelFiles.first { $0.category.value == category }?.path
        if let file, let path = path(ofFile: file) { return path }
        let declared = catalog.categories.first { $0.name.value == category }?.name.location.file
        return "models/\(declared?.split(separator: "/").last.map(String.init) ?? "shared.yaml")"
    }

    private mutating func change(_ path: String, arriving: [DeclarationMoves.Arrival], departing: Set<Int>) {
        guard let root = files[path]?.root else { return }
        let list = root["models"]
        let elements = list?.elements ?? []
        let survivors = elements.indices.filter { !departing.contains($0) }
        if survivors.isEmpty, arriving.isEmpty { return remove(path) }
        guard let list, !elements.isEmpty, !(list.isFlow && survivors.isEmpty) else {
            let last = max((root.entries?.count ?? 0) - 1, 0)
            files[path]?.set("models", of: root, to: .members(arriving.map(\.member)), at: .after(last))
            return
        }
        for index in departing { files[path]?.remove(index, from: list) }
        // Insert after the last entry whose name sorts before it. A sorted file stays sorted, and in any other file the
        // position does not depend on the order of additions.
        for arrival in arriving {
            let before = survivors.last {
                elements[$0].declaredName?.utf8.lexicographicallyPrecedes(arrival.name.utf8) ?? false
            }
            files[path]?.insert(arrival.member, into: list, at: before.map { .after($0) } ?? .first)
        }
    }
}

extension YAMLNode {
    /// The name of a model or enumeration in a file of `models`.
    var declaredName: String? { self["model"]?.scalar ?? self["enum"]?.scalar }
}

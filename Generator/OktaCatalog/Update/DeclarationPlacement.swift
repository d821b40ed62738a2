import YAML

/// Adds new models and enumerations to the files of `models`, moves those whose place is another by now, and takes away
/// those that nothing leads to any more.
struct DeclarationPlacement {
    let translation: Translation
    let catalog: Catalog
    /// Declarations that stay where they are, whatever the document says.
    let kept: Set<String>

    private struct Arrival {
        var name: String
        var lines: [String]
    }

    /// The new texts of the model files that change; nil for one that holds nothing any more.
    func files(_ folder: CatalogFolder, report: inout UpdateReport) -> [String: String?] {
        var arrivals: [String: [Arrival]] = [:]
        var departures: [String: [YAMLNode]] = [:]
        var standing: Set<String> = []
        var roots: [String: YAMLNode] = [:]
        for (path, file) in folder.files.sorted(by: { $0.key < $1.key }) where path.hasPrefix("models/") {
            var ignored = Diagnostics()
            guard let root = YAMLLoader().load(file, reporting: &ignored) else { continue }
            roots[path] = root
            for node in root["models"]?.elements ?? [] {
                guard let name = node.declaredName, let category = root["category"]?.scalar else { continue }
                if let declaration = translation.translator.declarations[name],
                    (declaration.values != nil) == (node["enum"] != nil)
                {
                    standing.insert(name)
                    guard let place = translation.places[name], place.category != category,
                        !node.pinnedKeys.contains("group")
                    else { continue }
                    departures[path, default: []].append(node)
                    let lines = TextEdits(file).lines(node.location.start.line...node.lastLine)
                    arrivals[self.path(of: place.category, in: folder), default: []]
                        .append(Arrival(name: name, lines: lines))
                } else if node["upstream"] != nil, !kept.contains(name) {
                    departures[path, default: []].append(node)
                    report.changes.append(
                        .init(subject: node["enum"] == nil ? .model : .enumeration, name: name, text: "removed"))
                }
            }
        }
        for name in translation.translator.order where !standing.contains(name) {
            guard let declaration = translation.translator.declarations[name], let place = translation.places[name]
            else { continue }
            let lines = declaration.lines(group: place.group, documentation: UnwrittenText.placeholder)
            arrivals[path(of: place.category, in: folder), default: []].append(Arrival(name: name, lines: lines))
            report.changes.append(
                .init(subject: declaration.values == nil ? .model : .enumeration, name: name, text: "added"))
        }
        var texts: [String: String?] = [:]
        for path in Set(arrivals.keys).union(departures.keys) {
            let arriving = (arrivals[path] ?? []).sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            texts[path] = .some(
                text(of: path, folder, roots[path], arriving, departing: departures[path] ?? []))
        }
        return texts
    }

    private func text(
        of path: String, _ folder: CatalogFolder, _ root: YAMLNode?, _ arriving: [Arrival], departing: [YAMLNode]
    ) -> String? {
        guard let file = folder.files[path], let root, let list = root.entries?.first(where: { $0.name == "models" })
        else {
            let category = catalog.categories.first { self.path(of: $0.name.value, in: folder) == path }?.name.value
            let name = YAMLText.scalar(category ?? Catalog.sharedCategory, inFlow: false)
            return (["category: \(name)", "models:"] + arriving.flatMap(\.lines)).joined(separator: "\n") + "\n"
        }
        var edits = TextEdits(file)
        let gone = Set(departing.map(\.location))
        for node in departing { edits.removeLines(node.location.start.line...node.lastLine) }
        let survivors = (list.value.elements ?? []).filter { !gone.contains($0.location) }
        let keyLine = list.key.location.start.line
        if survivors.isEmpty, arriving.isEmpty { return nil }
        if list.value.isFlow, survivors.isEmpty {
            edits.removeLines(keyLine...list.lastLine)
            edits.insert(lines: ["models:"], afterLine: keyLine - 1)
        }
        // Behind the last whose name comes first: in a sorted file, sorted; in another, at the same place in any order.
        for arrival in arriving {
            let before = survivors.last { $0.declaredName?.utf8.lexicographicallyPrecedes(arrival.name.utf8) ?? false }
            edits.insert(lines: arrival.lines, afterLine: before?.lastLine ?? keyLine)
        }
        return edits.result
    }

    private func path(of category: String, in folder: CatalogFolder) -> String {
        if let file = catalog.modelFiles.first(where: { $0.category.value == category }),
            let path = folder.files.first(where: { $0.value.path == file.path })?.key
        {
            return path
        }
        let declared = catalog.categories.first { $0.name.value == category }?.name.location.file
        return "models/\(declared?.split(separator: "/").last.map(String.init) ?? "shared.yaml")"
    }
}

extension YAMLNode {
    /// The name of a model or enumeration in a file of `models`.
    var declaredName: String? { self["model"]?.scalar ?? self["enum"]?.scalar }
}

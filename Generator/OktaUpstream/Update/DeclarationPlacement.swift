import OktaCatalog
import YAML

/// Adds new models and enumerations to the files of `models`, moves those whose place has changed, and removes those
/// that are no longer referenced.
struct DeclarationPlacement {
    let translation: Translation
    let catalog: Catalog
    /// Declarations that keep their place regardless of the document.
    let kept: Set<String>

    /// The new texts of the model files that change; nil for one that becomes empty.
    func files(_ folder: CatalogFolder, report: inout UpdateReport) throws(Diagnostic) -> [String: String?] {
        let files = ModelFileEdits(catalog: catalog, folder: folder)
        var arrivals: [String: [ModelFileEdits.Arrival]] = [:]
        var departures: [String: Set<SourceMark>] = [:]
        var categories: [String: String] = [:]
        var standing: Set<String> = []
        func add(_ arrival: ModelFileEdits.Arrival, to category: String) {
            let path = files.path(of: category)
            categories[path] = category
            arrivals[path, default: []].append(arrival)
        }
        for (path, file) in folder.files.sorted(by: { $0.key < $1.key }) where path.hasPrefix("models/") {
            var ignored = Diagnostics()
            guard let root = YAMLLoader().load(file, reporting: &ignored) else { continue }
            for node in root["models"]?.elements ?? [] {
                guard let name = node.declaredName, let category = root["category"]?.scalar else { continue }
                if let declaration = translation.translator.declarations[name],
                    (declaration.values != nil) == (node["enum"] != nil)
                {
                    standing.insert(name)
                    guard let place = translation.places[name], place.category != category,
                        !node.pinnedKeys.contains("group")
                    else { continue }
                    departures[path, default: []].insert(node.location.start)
                    add(.init(name: name, lines: TextEdits(file).member(node)), to: place.category)
                } else if node["upstream"] != nil, !kept.contains(name) {
                    departures[path, default: []].insert(node.location.start)
                    report.changes.append(
                        .init(subject: node["enum"] == nil ? .model : .enumeration, name: name, text: "removed"))
                }
            }
        }
        for name in translation.translator.order where !standing.contains(name) {
            guard let declaration = translation.translator.declarations[name], let place = translation.places[name]
            else { continue }
            let lines = declaration.lines(group: place.group, documentation: UnwrittenText.placeholder)
            add(.init(name: name, lines: lines), to: place.category)
            report.changes.append(
                .init(subject: declaration.values == nil ? .model : .enumeration, name: name, text: "added"))
        }
        var texts: [String: String?] = [:]
        for path in Set(arrivals.keys).union(departures.keys) {
            texts[path] = .some(
                try files.text(
                    of: path, category: categories[path] ?? Catalog.sharedCategory, arriving: arrivals[path] ?? [],
                    departing: departures[path] ?? []))
        }
        return texts
    }
}

extension TextEdits {
    /// The lines of a list member, unchanged except for their indentation.
    fileprivate func member(_ node: YAMLNode) -> [String] {
        let first = node.location.start
        let start = startOfLine(first.line)
        let dash = text(start..<offset(of: first))
        guard !node.isFlow, dash.allSatisfy({ $0 == " " || $0 == "-" }), dash.count(where: { $0 == "-" }) == 1 else {
            return ["- " + YAMLText.flow(node)]
        }
        let indentation = dash.prefix { $0 == " " }.count
        return lines(first.line...node.lastLine).map { line in
            String(line.dropFirst(min(indentation, line.prefix { $0 == " " }.count)))
        }
    }
}

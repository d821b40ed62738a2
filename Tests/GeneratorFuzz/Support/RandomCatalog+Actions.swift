import YAML

/// The categories with their actions.
extension RandomCatalog {
    mutating func addCategory(_ name: String, _ index: Int) {
        var entries: [(String, YAMLNode)] = [("category", .text(name)), ("summary", sentence())]
        if once(3) { entries.append(("swift", .text("group\(index)"))) }
        let actions = (0..<random.number(1...4)).map { action(index * 10 + $0) }
        entries.append(("actions", .list(actions)))
        files["actions/file\(index).yaml"] = .mapping(entries)
    }

    private mutating func action(_ number: Int) -> YAMLNode {
        let verb = random.pick(["Get", "List", "Create", "Replace", "Delete"]) ?? "Get"
        let method =
            ["Get": "GET", "List": "GET", "Create": "POST", "Replace": "PUT", "Delete": "DELETE"][verb] ?? "GET"
        let placeholders = (0..<random.number(0...2)).map { ["id", "otherId"][$0] }
        let path = "/api/v1/things\(number)" + placeholders.map { "/{\($0)}" }.joined(separator: "/sub")
        operations.append((method, path))
        var entries: [(String, YAMLNode)] = [("action", .text("\(verb) Thing \(number)"))]
        if once(4) { entries.append(("aliases", .list([.text("Other Thing \(number)")]))) }
        if once(4) {
            entries.append(
                (
                    "renamed",
                    .list([
                        .mapping([
                            ("from", .text("Old Thing \(number)")), ("since", .text("1.\(number) \(texts.sentence())")),
                        ])
                    ])
                ))
        }
        if once(4) { entries.append(("swift", .text("thing\(number)"))) }
        entries.append(("summary", sentence()))
        if once(3) { entries.append(("discussion", sentence())) }
        entries += [("method", .text(method)), ("path", .text(path))]
        if once(2) { entries.append(("upstream", .text("thing\(number)"))) }
        if once(2) { entries.append(("reference", .text(texts.sentence()))) }
        if let params = parameters(path: placeholders) { entries.append(("params", params)) }
        if method == "POST" || method == "PUT", once(2) { entries.append(("body", body())) }
        let returnsList = verb == "List"
        if verb != "Delete", once(2) || returnsList {
            let element = YAMLNode.text(random.pick(models) ?? "json")
            entries.append(("returns", returnsList ? .list([element]) : type(depth: 1)))
            if returnsList, once(2) { entries.append(("paging", "link")) }
            if once(5) { entries.append(("otherReturns", .mapping([("202", type(depth: 1))]))) }
            if once(6) { entries.append(("alternatives", .mapping([("text/csv", "bytes")]))) }
        }
        if once(2) { entries.append(("success", .list([200, 204]))) }
        if once(2) { entries.append(("scopes", .list([.text("okta.things\(number).read")]))) }
        if once(4) { entries.append(("lifecycle", .text(random.pick(["ga", "limited", "ea", "beta"]) ?? "ga"))) }
        if once(5) {
            entries.append(
                ("deprecated", once(2) ? true : .mapping([("since", sentence()), ("instead", sentence())])))
        }
        if once(5) { entries.append(("pinned", .list(["returns"]))) }
        return .mapping(entries)
    }

    private mutating func parameters(path: [String]) -> YAMLNode? {
        var entries = path.map { name in
            (name, YAMLNode.mapping([("in", "path"), ("type", "string")] + documentation()))
        }
        for index in 0..<random.number(0...4) {
            let used = entries.map(\.0)
            let name = texts.name(notIn: used)
            let place = random.pick(["query", "query", "header"]) ?? "query"
            var facts: [(String, YAMLNode)] = [
                ("in", .text(place)), ("type", place == "header" ? "string" : parameterType()),
            ]
            // The wire name of a parameter with another key.
            if once(8) { facts.insert(("name", .text(once(2) ? "id" : "wire\(index)")), at: 0) }
            if once(4) { facts.append(("required", true)) }
            if once(6) { facts.append(("deprecated", true)) }
            facts += constraints()
            if once(5) { facts.append(("pinned", .list(["type"]))) }
            facts.append(("swift", .text("parameter\(index)")))
            entries.append((name, .mapping(facts + documentation())))
        }
        return entries.isEmpty ? nil : .mapping(entries)
    }

    mutating func documentation() -> [(String, YAMLNode)] { once(3) ? [("doc", sentence())] : [] }

    private mutating func body() -> YAMLNode {
        switch random.number(0...5) {
        case 0: .mapping([("type", .text(random.pick(models) ?? "json")), ("optional", true)])
        case 1: .mapping([("type", "bytes"), ("media", .list(["application/octet-stream"]))])
        case 2: .mapping([("type", "file"), ("media", .list(["multipart/form-data"]))])
        default: .text(random.pick(models) ?? "json")
        }
    }
}

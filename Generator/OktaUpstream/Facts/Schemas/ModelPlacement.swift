import OktaCatalog

/// Chooses the file of `models` for a new declaration, and its group in the generated files.
///
/// A declaration is placed with the declarations and actions that refer to it. If these have several places, its name
/// may indicate one of them. Otherwise, it is shared.
struct ModelPlacement {
    /// A category with the declarations that its actions refer to, in the order of the catalog.
    struct Category {
        var name: String
        var swiftName: String
        var roots: [String]
    }

    /// The destination of a declaration.
    struct Place: Hashable {
        var category: String
        var group: String
    }

    let categories: [Category]
    let declarations: [String: UpstreamDeclaration]

    /// Returns the category and group of every declaration.
    func places() -> [String: Place] {
        var referrers: [String: Set<String>] = [:]
        for (name, declaration) in declarations {
            for reference in declaration.references where reference != name {
                referrers[reference, default: []].insert(name)
            }
            // A variant is placed with its union, not the union with its variant.
            if let parent = declaration.extends,
                declarations[parent]?.variants.contains(where: { $0.model == name }) == true
            {
                referrers[parent]?.remove(name)
            }
        }
        var rootCategories: [String: Set<String>] = [:]
        for category in categories {
            for root in category.roots { rootCategories[root, default: []].insert(category.name) }
        }
        var places: [String: Place] = [:]
        // A declaration that actions refer to gets a separate group.
        for (root, users) in rootCategories {
            let category = users.count == 1 ? users.first : categoryNamed(by: root, among: users)
            let isModel = declarations[root]?.values == nil
            places[root] = Place(category: category ?? Catalog.sharedCategory, group: isModel ? root : "")
        }
        // A declaration that only declarations refer to is placed with them, once these have a place.
        settle(referrers, in: &places)
        return places.mapValues { place in
            place.group.isEmpty ? Place(category: place.category, group: commonGroup(of: place.category)) : place
        }
    }

    private func settle(_ referrers: [String: Set<String>], in places: inout [String: Place]) {
        var referred: [String: [String]] = [:]
        var open: [String: Int] = [:]
        for (name, users) in referrers where places[name] == nil {
            open[name] = users.count { places[$0] == nil }
            for user in users { referred[user, default: []].append(name) }
        }
        var ready = open.filter { $0.value == 0 && referrers[$0.key]?.isEmpty == false }.map(\.key)
        // The remaining declarations are circular or unreferenced. They are placed by references from outside, one by
        // one.
        var rest = open.keys.sorted()[...]
        while let name = ready.popLast() ?? rest.popFirst() {
            guard places[name] == nil else { continue }
            let known = Set((referrers[name] ?? []).compactMap { places[$0] })
            let isSettled = open[name] == 0 && known.count == 1
            places[name] = isSettled ? known.first : common(name, known)
            for reference in referred[name] ?? [] where places[reference] == nil {
                open[reference, default: 0] -= 1
                if open[reference] == 0 { ready.append(reference) }
            }
        }
    }

    private func common(_ name: String, _ places: Set<Place>) -> Place {
        let used = Set(places.map(\.category))
        let category = used.count == 1 ? used.first : categoryNamed(by: name, among: used)
        return Place(category: category ?? Catalog.sharedCategory, group: "")
    }

    private func commonGroup(of category: String) -> String {
        guard let known = categories.first(where: { $0.name == category }) else { return "Common" }
        return "\(IdentifierWords(known.swiftName).upperCamelCase)Common"
    }

    /// Returns the category whose name is a prefix of the declaration's; the longest one if there are several.
    private func categoryNamed(by name: String, among used: Set<String>) -> String? {
        categories
            .filter { used.contains($0.name) && name.lowercased().hasPrefix($0.swiftName.lowercased()) }
            .max { ($0.swiftName.count, $1.name) < ($1.swiftName.count, $0.name) }?
            .name
    }
}

/// Decides which file of `Spec/models` a new declaration goes to, and which generated file it is grouped into.
///
/// A declaration goes where all that refer to it are; where they are in several places, its name may still say to
/// which it belongs; the rest is shared.
struct ModelPlacement {
    /// A category with the declarations that its actions refer to, in the order of the catalog.
    struct Category {
        var name: String
        var swiftName: String
        var roots: [String]
    }

    /// Where a declaration goes.
    struct Place: Hashable {
        var category: String
        var group: String
    }

    let categories: [Category]
    let declarations: [String: ImportedDeclaration]

    /// The category and group of every declaration.
    func places() -> [String: Place] {
        var referrers: [String: Set<String>] = [:]
        for (name, declaration) in declarations {
            for reference in declaration.references where reference != name {
                referrers[reference, default: []].insert(name)
            }
            // A variant goes with what it is a variant of, not the other way round.
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
        // What actions refer to: a group of its own.
        for (root, users) in rootCategories {
            let category = users.count == 1 ? users.first : categoryNamed(by: root, among: users)
            let isModel = declarations[root]?.values == nil
            places[root] = Place(category: category ?? Catalog.sharedCategory, group: isModel ? root : "")
        }
        // What only declarations refer to goes with them, once they have their places.
        var isSettled = false
        while !isSettled {
            isSettled = true
            for (name, users) in referrers.sorted(by: { $0.key < $1.key }) where places[name] == nil {
                let known = Set(users.compactMap { places[$0] })
                guard users.allSatisfy({ places[$0] != nil }), let first = known.min(by: { $0.group < $1.group }) else {
                    continue
                }
                places[name] = known.count == 1 ? first : common(name, known)
                isSettled = false
            }
            if isSettled, let stuck = referrers.keys.filter({ places[$0] == nil }).min() {
                // A circle: what stands outside of it decides.
                places[stuck] = common(stuck, Set((referrers[stuck] ?? []).compactMap { places[$0] }))
                isSettled = false
            }
        }
        return places.mapValues { place in
            place.group.isEmpty ? Place(category: place.category, group: commonGroup(of: place.category)) : place
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

    /// The category whose name the declaration's starts with; the longest when there are several.
    private func categoryNamed(by name: String, among used: Set<String>) -> String? {
        categories
            .filter { used.contains($0.name) && name.lowercased().hasPrefix($0.swiftName.lowercased()) }
            .max { ($0.swiftName.count, $1.name) < ($1.swiftName.count, $0.name) }?
            .name
    }
}

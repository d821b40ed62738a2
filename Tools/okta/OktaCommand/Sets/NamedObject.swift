internal import HTTPTypes
package import OktaRuntime

/// Finds the id of a group or an app that is called by its name.
package enum NamedObject {
    /// The id.
    ///
    /// - Parameters:
    ///   - word: The word of the list in its path: `groups` or `apps`.
    ///   - name: The name, or the id itself.
    /// - Throws: A ``CommandFailure`` when no object has the name, or several have it.
    package static func id(
        _ word: String, named name: String, through client: OktaClient
    ) async throws(CommandFailure) -> String {
        let registry = CatalogModule.management.registry
        guard let list = registry.actions.first(where: { $0.method == .get && $0.path == "/api/v1/\(word)" }) else {
            return name
        }
        let action = CommandAction(list, in: .management)
        var found: [String] = []
        do {
            for try await page in try ActionCall(action, values: ["q": name]).pages(through: client).pages {
                for item in page.items where names(of: item).contains(name) {
                    if let id = item["id"]?.string { found.append(id) }
                }
            }
        } catch let error as OktaError {
            throw CommandFailure(error)
        } catch let error as CommandFailure {
            throw error
        } catch {
            throw CommandFailure(.refused, "\(error)")
        }
        let kind = String(word.dropLast())
        guard found.count < 2 else {
            throw .usage(
                "\(found.count) \(word) are called '\(name)': \(found.prefix(5).joined(separator: ", "))",
                advice: "Give the id of the one that is meant.")
        }
        if let id = found.first { return id }
        let path = PathTemplate([.literal("api"), .literal("v1"), .literal(word), .value("id")])
        guard let reading = action.related(.get, path) else { throw .usage("there is no \(kind) '\(name)'") }
        do throws(CommandFailure) {
            _ = try await ActionCall(reading.action, values: reading.values(from: ["id": name]))
                .perform(through: client)
            return name
        } catch  where error.exitCode == .refused {
            throw .usage(
                "there is no \(kind) '\(name)'", advice: "`okta \(action.category) \(action.name)` lists them.")
        }
    }

    private static func names(of item: JSON) -> [String] {
        [item["id"]?.string, item["profile"]?["name"]?.string, item["label"]?.string].compactMap { $0 }
    }
}

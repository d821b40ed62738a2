package import OktaRuntime

/// Names of objects that start with a text, for completion: a single page of each list.
package struct NameSuggestions: Sendable {
    /// The result of a query.
    package struct Result: Sendable {
        /// The names in the order of the list.
        package var names: [String] = []
        /// Whether the names are complete.
        package var isComplete = true
    }

    private let client: OktaClient

    /// The maximum number of objects read from a list.
    private static let maximumScanned = 100

    package init(_ client: OktaClient) { self.client = client }

    /// Reads the names. Objects within others have none, since their list needs the other's id.
    package func names(beginningWith text: String, in collection: NamedCollection) async throws(OktaError) -> Result {
        var result = Result()
        let query = NameQuery(collection)
        guard collection.isOfOrg else { return result }
        for arguments in query.beginning(with: text, limit: Self.maximumScanned) {
            let objects: [JSON]
            if collection.list.descriptor.isPaged {
                var pages = try client.pages(for: collection.list.descriptor, arguments: arguments).prefetching(false)
                    .pages.makeAsyncIterator()
                let page = try await pages.next()
                objects = page?.items ?? []
                if objects.count >= Self.maximumScanned || page?.next != nil { result.isComplete = false }
            } else {
                objects = try await client.perform(collection.list.descriptor, arguments: arguments).json().listed
            }
            // The first name of an object is the one to type.
            result.names += objects.compactMap { query.names(of: $0).first }
        }
        let lower = text.lowercased()
        result.names = result.names.filter { $0.lowercased().hasPrefix(lower) }
        return result
    }
}

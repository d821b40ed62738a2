import OktaCatalog
import Testing

/// The number of operations in the catalogs' current documents. A new release changes these figures.
private struct OperationCount: Sendable {
    let service: String
    let operations: Int
    let ignored: Int
}

/// The number of operations of each of Okta's documents that are actions.
@Suite struct CatalogCountTests {
    private static let counts = [
        OperationCount(service: "management", operations: 732, ignored: 0),
        OperationCount(service: "governance", operations: 162, ignored: 0),
        OperationCount(service: "myaccount", operations: 40, ignored: 0),
        // The rest are preflight requests, and pages for browsers.
        OperationCount(service: "oauth", operations: 44, ignored: 12),
    ]

    @Test("Catalogs: every operation of a document is an action, or is ignored for a reason", arguments: counts)
    private func everyOperation(_ count: OperationCount) throws {
        let catalog = try #require(TestedModule.all.first { $0.service == count.service }).catalog()
        let actions = catalog.categories.flatMap(\.actions).filter { !$0.isGeneric }
        let dispositions = try #require(catalog.dispositions)
        #expect(actions.count == count.operations - count.ignored)
        #expect(Set(actions.compactMap(\.identity)).count == actions.count)
        #expect(dispositions.ignored.flatMap(\.operations).count == count.ignored)
        #expect(dispositions.toDo.isEmpty)
        #expect(dispositions.cover.isEmpty)
        #expect(dispositions.gone.isEmpty)
    }
}

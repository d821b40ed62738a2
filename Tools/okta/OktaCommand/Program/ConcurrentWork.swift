extension Array where Element: Sendable {
    /// Returns the results of concurrent work on each element, in the order of the elements.
    ///
    /// - Parameter atOnce: The maximum number of elements that are processed concurrently.
    func concurrently<Result: Sendable>(
        atOnce: Int, _ work: @escaping @Sendable (Element) async -> Result
    ) async -> [Result] {
        var results: [Result?] = Array<Result?>(repeating: nil, count: count)
        await withTaskGroup(of: (Int, Result).self) { group in
            for (index, element) in enumerated() {
                if index >= atOnce, let (done, result) = await group.next() { results[done] = result }
                group.addTask { (index, await work(element)) }
            }
            for await (done, result) in group { results[done] = result }
        }
        return results.compactMap { $0 }
    }
}

/// A pool of idle handles, because creating a handle costs more than resetting one.
struct CurlTransferPool {
    private let options: CurlTransport.Options
    private let cache = HeaderFieldCache()
    let heads = ArrivedHeads()
    private var idle: [CurlTransfer] = []
    private static let capacity = 64

    init(options: CurlTransport.Options) {
        self.options = options
    }

    var count: Int { idle.count }

    mutating func take() throws(TransportError) -> CurlTransfer {
        if let transfer = idle.popLast() { return transfer }
        return try CurlTransfer(options: options, cache: cache, heads: heads)
    }

    mutating func give(_ transfer: CurlTransfer) {
        if idle.count < Self.capacity { idle.append(transfer) }
    }

    mutating func removeAll() {
        idle.removeAll()
    }
}

/// The transfers of streamed responses whose heads have arrived and were not delivered yet.
///
/// The loop delivers heads after it has made progress on all transfers. By then, a short body has arrived as well, so
/// that its reader is resumed once and not again for each piece. The list is confined to the loop thread.
final class ArrivedHeads {
    private var transfers: [CurlTransfer] = []

    func note(_ transfer: CurlTransfer) { transfers.append(transfer) }

    /// Delivers the heads. A transfer that has ended meanwhile has none.
    func deliver() {
        while let transfer = transfers.popLast() { transfer.deliverHead() }
    }
}

/// The transfers in progress.
struct CurlTransferList {
    private var transfers: [CurlTransfer] = []

    var count: Int { transfers.count }

    /// The number of transfers with a streamed response body.
    private(set) var downloadCount = 0

    mutating func add(_ transfer: CurlTransfer) {
        if transfer.isDownload { downloadCount += 1 }
        transfer.place = transfers.count
        transfers.append(transfer)
    }

    /// Removes a transfer from the list. The last transfer takes its index.
    mutating func remove(_ transfer: CurlTransfer) {
        let place = transfer.place
        guard place < transfers.count, transfers[place] === transfer else { return }
        if transfer.isDownload { downloadCount -= 1 }
        let last = transfers.removeLast()
        guard last !== transfer else { return }
        last.place = place
        transfers[place] = last
    }

    /// Returns the transfer of a call by linear search. It is needed only when a call is cancelled or a streamed body
    /// continues.
    func first(of call: CurlCall) -> CurlTransfer? {
        transfers.first { $0.call === call }
    }

    /// A snapshot of all transfers.
    var all: [CurlTransfer] { transfers }
}

internal import CCurlShim

/// The loop that drives all transfers of one transport; everything in it belongs to its thread.
struct CurlLoop {
    private let multi: CurlMultiHandle
    private let mailbox: CurlMailbox
    private var transfers: [ObjectIdentifier: CurlTransfer] = [:]
    private var idleHandles = CurlHandlePool()
    private var nextDeadline: ContinuousClock.Instant?

    init(multi: CurlMultiHandle, mailbox: CurlMailbox) {
        self.multi = multi
        self.mailbox = mailbox
    }

    /// Runs until the mailbox is closed, then fails what is left and destroys the handle.
    mutating func run() {
        while step() {}
        mailbox.retire()
        // Nothing is accepted any more; what was queued in the last moment is failed here.
        for command in mailbox.take().commands {
            if case .start(let call) = command { call.finish(.failure(TransportError(.shutDown))) }
        }
        for transfer in transfers.values {
            end(transfer, with: .failure(TransportError(.shutDown, mayHaveReachedServer: transfer.hasSentBytes)))
        }
        idleHandles.removeAll()
        multi.destroy()
    }

    /// One round: commands, progress, results, sleep. Answers whether to go on.
    private mutating func step() -> Bool {
        let (commands, isClosed) = mailbox.take()
        for command in commands {
            switch command {
            case .start(let call) where isClosed: call.finish(.failure(TransportError(.shutDown)))
            case .start(let call): start(call)
            case .cancel(let call): cancel(call)
            }
        }
        guard !isClosed else { return false }

        var running: Int32 = 0
        let performed = curl_multi_perform(multi.pointer, &running)
        guard performed == CURLM_OK else { return failAll(performed) }
        collectResults()
        expire()

        let polled = curl_multi_poll(multi.pointer, nil, 0, sleepMilliseconds(), nil)
        guard polled == CURLM_OK else { return failAll(polled) }
        return true
    }

    private mutating func start(_ call: CurlCall) {
        guard !call.isCancelled else { return call.finish(.failure(TransportError(.cancelled))) }
        do throws(TransportError) {
            let transfer = try CurlTransfer(call: call, handle: idleHandles.take())
            let code = curl_multi_add_handle(multi.pointer, transfer.handle.pointer)
            guard code == CURLM_OK else {
                throw TransportError(.other, detail: String(cString: curl_multi_strerror(code)))
            }
            transfers[ObjectIdentifier(call)] = transfer
            if let deadline = call.deadline {
                nextDeadline = nextDeadline.map { min($0, deadline) } ?? deadline
            }
        } catch {
            call.finish(.failure(error))
        }
    }

    private mutating func cancel(_ call: CurlCall) {
        // Not there: it has ended, or its start was refused because of the mark.
        guard let transfer = transfers[ObjectIdentifier(call)] else { return }
        end(transfer, with: .failure(TransportError(.cancelled, mayHaveReachedServer: transfer.hasSentBytes)))
    }

    private mutating func collectResults() {
        var remaining: Int32 = 0
        while let message = curl_multi_info_read(multi.pointer, &remaining) {
            guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle else { continue }
            // The message dies with the handle's removal: read it first.
            let code = okta_curl_message_result(message)
            guard let transfer = CurlTransfer.owner(of: handle) else { continue }
            end(transfer, with: transfer.outcome(of: code))
        }
    }

    private mutating func end(_ transfer: CurlTransfer, with outcome: CurlCall.Outcome) {
        transfers[ObjectIdentifier(transfer.call)] = nil
        _ = curl_multi_remove_handle(multi.pointer, transfer.handle.pointer)
        idleHandles.give(transfer.handle)
        transfer.call.finish(outcome)
    }

    /// Ends the transfers whose total time has passed.
    private mutating func expire() {
        let now = ContinuousClock.now
        guard let due = nextDeadline, due <= now else { return }
        nextDeadline = nil
        for transfer in transfers.values {
            guard let deadline = transfer.call.deadline else { continue }
            if deadline <= now {
                let error = TransportError(
                    .timedOut,
                    detail: "no complete response within the total time allowed",
                    mayHaveReachedServer: transfer.hasSentBytes
                )
                end(transfer, with: .failure(error))
            } else {
                nextDeadline = nextDeadline.map { min($0, deadline) } ?? deadline
            }
        }
    }

    /// How long to sleep at most; libcurl shortens it to its own timers, and a wake-up ends it.
    private func sleepMilliseconds() -> Int32 {
        guard let nextDeadline else { return 60_000 }
        let left = ContinuousClock.now.duration(to: nextDeadline)
        return Int32(clamping: min(max(left.wholeMilliseconds, 0), 60_000))
    }

    /// The multi handle itself is broken: nothing can go on.
    private mutating func failAll(_ code: CURLMcode) -> Bool {
        let detail = String(cString: curl_multi_strerror(code))
        for transfer in transfers.values {
            end(transfer, with: .failure(TransportError(.other, detail: detail, mayHaveReachedServer: true)))
        }
        return false
    }
}

extension Duration {
    /// Milliseconds, rounded up, so that a positive time is never zero.
    var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        let (milliseconds, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        guard !overflow else { return seconds < 0 ? .min : .max }
        let remainder = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        let (sum, sumOverflow) = milliseconds.addingReportingOverflow(remainder)
        return sumOverflow ? .max : Int(sum)
    }
}

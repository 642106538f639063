// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/// The callback of a deal: the hub hands it the result of each finalized task.
contract CallbackReceiver {
    mapping(bytes32 => bytes) public received;

    event ResultReceived(bytes32 indexed taskId, bytes result);

    function receiveResult(bytes32 taskId, bytes calldata result) external {
        received[taskId] = result;
        emit ResultReceived(taskId, result);
    }
}
